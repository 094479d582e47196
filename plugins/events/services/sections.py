"""The parts of an event's programme: creating, editing, ordering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update

from plugins.events.models import Event, Section
from plugins.events.services import queries
from plugins.events.services.attachments import delete_files_of_section
from plugins.events.services.audiences import refresh_audiences
from plugins.events.services.holding import hold_event
from plugins.events.services.saving import assign, check_unchanged, forget_versions, save
from portal.sdk.access import Actor
from portal.sdk.database import session, utcnow
from portal.sdk.errors import Invalid
from portal.sdk.hooks import announce_deleted, announce_saved


def create_section(member: Actor, event_id: int, values: Mapping[str, Any]) -> Section:
    """A new section at the end of the programme. Raises Forbidden, Invalid, NotFound."""
    event = queries.get_event_to_edit(member, event_id)
    check_section(values)
    last = session.scalar(select(func.max(Section.position)).where(Section.event_id == event_id))
    section = Section(event_id=event_id, position=0 if last is None else last + 1)
    assign(section, values)
    hold_event(event)
    session.add(section)
    session.flush()
    refresh_audiences(event)
    save(member, section)
    return section


def update_section(
    member: Actor, section_id: int, version: int, values: Mapping[str, Any], comment: str = ""
) -> Section:
    """Change the section that the editor opened at ``version``. Raises Conflict, Forbidden, Invalid, NotFound."""
    section = queries.get_section_to_edit(member, section_id)
    check_unchanged(section, version)
    check_section({name: values.get(name, getattr(section, name)) for name in ("title", "starts", "ends")})
    assign(section, values)
    refresh_audiences(section.event)
    save(member, section, comment)
    return section


def delete_section(member: Actor, section_id: int) -> None:
    """Delete the section with its pitches, results and files. Raises Forbidden, NotFound."""
    section = queries.get_section_to_edit(member, section_id)
    for pitch in section.pitches:
        announce_deleted(member, "events.pitch", pitch.id)
    delete_files_of_section(member, section.id)
    announce_deleted(member, "events.section", section.id)
    forget_versions(section)
    session.delete(section)
    session.flush()


def order_sections(member: Actor, event_id: int, ids: Sequence[int]) -> None:
    """Bring the programme into this order; sections that are not named follow in their old order.

    Raises Forbidden, NotFound."""
    event = queries.get_event_to_edit(member, event_id)
    wanted = {section_id: place for place, section_id in enumerate(ids)}
    sections = queries.list_all_sections(member, event.id)
    ordered = sorted(sections, key=lambda one: (wanted.get(one.id, len(wanted)), one.position))
    for position, section in enumerate(ordered):
        if section.position != position:
            _set(Section, section.id, position=position)
    _set(Event, event.id, changed_at=utcnow())
    announce_saved(member, "events.event", event.id)


def move_section(member: Actor, event_id: int, index: int, step: int) -> None:
    """Move the section at ``index`` up (step -1) or down (step 1). Raises Forbidden, NotFound."""
    ids = [section.id for section in queries.list_all_sections(member, event_id)]
    target = index + step
    if 0 <= index < len(ids) and 0 <= target < len(ids):
        ids[index], ids[target] = ids[target], ids[index]
    order_sections(member, event_id, ids)


def touch_section(member: Actor, section: Section) -> None:
    """Say that something inside the section changed, so that the search takes it up."""
    _set(Section, section.id, changed_at=utcnow())
    announce_saved(member, "events.section", section.id)


def check_section(values: Mapping[str, Any]) -> None:
    """Raises Invalid, naming the field, where the fields contradict one another."""
    if not str(values.get("title") or "").strip():
        raise Invalid("Please give the section a title.", "title")
    if values.get("starts") and values.get("ends") and values["ends"] < values["starts"]:
        raise Invalid("The end is before the beginning.", "ends")


def _set(model: type[Event] | type[Section], row_id: int, **values: Any) -> None:
    """Past the version counter: an order or a date must not make a conflict of somebody's text."""
    session.execute(update(model).where(model.id == row_id).values(**values))
