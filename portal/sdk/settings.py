"""Declaring settings and reading them."""

from portal.plugin_host.declarations import Setting
from portal.plugin_host.settings import setting

__all__ = ["Setting", "setting"]
