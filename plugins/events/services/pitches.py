"""Pitches of a section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from plugins.events.models import Pitch
from plugins.events.services import queries
from plugins.events.services.events import find_topics
from plugins.events.services.holding import hold_section
from plugins.events.services.saving import assign, check_unchanged, forget_versions, save
from plugins.events.services.sections import touch_section
from portal.sdk.access import Actor
from portal.sdk.database import session
from portal.sdk.errors import Invalid
from portal.sdk.hooks import announce_deleted


def create_pitch(member: Actor, section_id: int, values: Mapping[str, Any]) -> Pitch:
    """A new pitch at the end of the section. Raises Forbidden, Invalid, NotFound."""
    section = queries.get_section_to_edit(member, section_id)
    check_pitch(values)
    hold_section(section)
    last = session.scalar(select(func.max(Pitch.position)).where(Pitch.section_id == section_id))
    pitch = Pitch(section_id=section_id, position=0 if last is None else last + 1, audience=section.audience)
    _write(pitch, values)
    session.add(pitch)
    save(member, pitch)
    touch_section(member, section)
    return pitch


def update_pitch(member: Actor, pitch_id: int, version: int, values: Mapping[str, Any], comment: str = "") -> Pitch:
    """Change the pitch that the editor opened at ``version``. Raises Conflict, Forbidden, Invalid, NotFound."""
    pitch = queries.get_pitch_to_edit(member, pitch_id)
    check_unchanged(pitch, version)
    check_pitch({"title": values.get("title", pitch.title)})
    _write(pitch, values)
    save(member, pitch, comment)
    touch_section(member, pitch.section)
    return pitch


def delete_pitch(member: Actor, pitch_id: int) -> None:
    """Delete the pitch. Raises Forbidden, NotFound."""
    pitch = queries.get_pitch_to_edit(member, pitch_id)
    section = pitch.section
    announce_deleted(member, "events.pitch", pitch.id)
    forget_versions(pitch)
    session.delete(pitch)
    session.flush()
    touch_section(member, section)


def check_pitch(values: Mapping[str, Any]) -> None:
    """Raises Invalid when the pitch has no title."""
    if not str(values.get("title") or "").strip():
        raise Invalid("Please give the pitch a title.", "title")


def _write(pitch: Pitch, values: Mapping[str, Any]) -> None:
    assign(pitch, values)
    if "topic_ids" in values:
        pitch.topics = find_topics(values["topic_ids"])
