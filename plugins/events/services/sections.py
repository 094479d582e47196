"""The parts of an event's programme: creating, editing, ordering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update

from plugins.events.models import SECTION, Event, Section
from plugins.events.services import queries
from plugins.events.services.attachments import delete_files
from plugins.events.services.audiences import audience_of_section, refresh_audiences
from plugins.events.services.holding import hold_event, hold_section
from plugins.events.services.saving import assign, check_unchanged, forget_sections, save
from portal.sdk.access import Actor
from portal.sdk.audit import record
from portal.sdk.database import session, utcnow
from portal.sdk.errors import Invalid, NotFound
from portal.sdk.hooks import announce_deleted, announce_saved


def create_section(member: Actor, event_id: int, values: Mapping[str, Any], form_key: str = "") -> Section:
    """A new section at the end of the programme; a form sent twice makes one. Raises Forbidden, Invalid, NotFound."""
    check_section(values)
    event = hold_event(member, event_id)
    if made := queries.find_made(member, Section, form_key, event_id=event_id):
        return made
    place = queries.next_place(member, Section, event_id=event_id)
    section = Section(event_id=event_id, position=place, form_key=form_key or None)
    assign(section, values)
    section.audience = audience_of_section(event, section.audience_choice or "inherit")
    session.add(section)
    save(member, section)
    return section


def update_section(
    member: Actor, section_id: int, version: int, values: Mapping[str, Any], comment: str = ""
) -> Section:
    """Change the section that the editor opened at ``version``. Raises Conflict, Forbidden, Invalid, NotFound."""
    section = hold_section(member, section_id)
    check_unchanged(section, version)
    check_section({name: values.get(name, getattr(section, name)) for name in ("title", "starts", "ends")})
    assign(section, values)
    refresh_audiences(member, section.event)
    save(member, section, comment)
    return section


def delete_section(member: Actor, section_id: int, version: int) -> None:
    """Delete the section that the editor saw at ``version``, with its pitches, results and files.

    Raises Conflict, Forbidden, NotFound."""
    section = hold_section(member, section_id)
    check_unchanged(section, version)
    for pitch in section.pitches:
        announce_deleted(member, "events.pitch", pitch.id)
    files = queries.list_files_now(member, section.event_id)
    delete_files(member, [one for one in files if (one.subject_type, one.subject_id) == (SECTION, section.id)])
    announce_deleted(member, "events.section", section.id)
    record(member, "events.section_deleted", "events.section", section.id, {"title": section.title})
    forget_sections(member, [section.id])
    session.delete(section)
    session.flush()


def order_sections(member: Actor, event_id: int, ids: Sequence[int]) -> None:
    """Bring the programme into this order; sections that are not named follow in their old order.

    Raises Forbidden, NotFound."""
    event = hold_event(member, event_id)
    wanted = {section_id: place for place, section_id in enumerate(ids)}
    sections = queries.list_all_sections(member, event.id)
    ordered = sorted(sections, key=lambda one: (wanted.get(one.id, len(wanted)), one.position))
    for position, section in enumerate(ordered):
        if section.position != position:
            _set(Section, section.id, position=position)
    _set(Event, event.id, changed_at=utcnow())
    announce_saved(member, "events.event", event.id)


def move_section(member: Actor, event_id: int, section_id: int, step: int) -> None:
    """Move the event's section up (step -1) or down (step 1) from where it stands now. Raises Forbidden, NotFound."""
    event = hold_event(member, event_id)
    ids = [section.id for section in queries.list_all_sections(member, event.id)]
    if section_id not in ids:
        raise NotFound
    index = ids.index(section_id)
    target = index + step
    if 0 <= target < len(ids):
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
