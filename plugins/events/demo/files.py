"""Slides, minutes and photos that the demo makes itself."""

from __future__ import annotations

from typing import Any

from plugins.events.models import Event, Section
from portal.sdk.access import Actor


def add_files(member: Actor, owner: Event | Section, content: dict[str, Any]) -> None:
    """Later."""
