"""The ``portal`` command: one thin file per group, over the rooms' services."""

from portal.cli.main import main

__all__ = ["main"]
