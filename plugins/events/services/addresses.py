"""The addresses of things, for where no request is at hand: search documents and jobs."""

from __future__ import annotations


def address_of_event(slug: str) -> str:
    """The event's page."""
    return f"/events/{slug}"


def address_of_section(slug: str, section_id: int) -> str:
    """The section on its event's page."""
    return f"/events/{slug}#section-{section_id}"


def address_of_pitch(slug: str, pitch_id: int) -> str:
    """The pitch's page."""
    return f"/events/{slug}/pitches/{pitch_id}"


def address_of_photos(slug: str) -> str:
    """The event's photos."""
    return f"/events/{slug}/photos"


def address_of_file(slug: str, attachment_id: int) -> str:
    """The file on its event's page."""
    return f"/events/{slug}#file-{attachment_id}"
