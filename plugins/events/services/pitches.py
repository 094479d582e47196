"""Pitches of a section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.events.models import Pitch
from plugins.events.services import queries
from plugins.events.services.holding import hold_pitch, hold_section
from plugins.events.services.saving import assign, check_unchanged, forget_versions, save
from plugins.events.services.sections import touch_section
from portal.sdk.access import Actor
from portal.sdk.audit import record
from portal.sdk.database import session
from portal.sdk.errors import Invalid
from portal.sdk.hooks import announce_deleted


def create_pitch(member: Actor, section_id: int, values: Mapping[str, Any], form_key: str = "") -> Pitch:
    """A new pitch at the end of the section; a form sent twice makes one. Raises Forbidden, Invalid, NotFound."""
    check_pitch(values)
    section = hold_section(member, section_id)
    if made := queries.find_made(member, Pitch, form_key, section_id=section_id):
        return made
    place = queries.next_place(member, Pitch, section_id=section_id)
    pitch = Pitch(section_id=section_id, position=place, audience=section.audience, form_key=form_key or None)
    _write(pitch, values)
    session.add(pitch)
    save(member, pitch)
    touch_section(member, section)
    return pitch


def update_pitch(member: Actor, pitch_id: int, version: int, values: Mapping[str, Any], comment: str = "") -> Pitch:
    """Change the pitch that the editor opened at ``version``. Raises Conflict, Forbidden, Invalid, NotFound."""
    pitch = hold_pitch(member, pitch_id)
    check_unchanged(pitch, version)
    check_pitch({"title": values.get("title", pitch.title)})
    _write(pitch, values)
    save(member, pitch, comment)
    touch_section(member, pitch.section)
    return pitch


def delete_pitch(member: Actor, pitch_id: int, version: int) -> None:
    """Delete the pitch that the editor saw at ``version``. Raises Conflict, Forbidden, NotFound."""
    pitch = hold_pitch(member, pitch_id)
    check_unchanged(pitch, version)
    section = pitch.section
    announce_deleted(member, "events.pitch", pitch.id)
    record(member, "events.pitch_deleted", "events.pitch", pitch.id, {"title": pitch.title})
    forget_versions(Pitch, [pitch.id])
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
        pitch.topics = queries.list_topics_with(values["topic_ids"])
