"""Creating, editing and publishing events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.events.models import Event
from plugins.events.permissions import EDIT
from plugins.events.services import queries
from plugins.events.services.attachments import delete_files
from plugins.events.services.audiences import refresh_audiences
from plugins.events.services.holding import hold_event
from plugins.events.services.saving import assign, check_unchanged, forget_sections, forget_versions, save
from plugins.events.services.slugs import give_slug
from plugins.events.services.telling import facts_of, tell_changed, tell_published
from portal.sdk.access import Actor, require
from portal.sdk.audit import record
from portal.sdk.database import session, utcnow
from portal.sdk.errors import Conflict, Invalid
from portal.sdk.hooks import announce_deleted


def create_event(member: Actor, values: Mapping[str, Any], form_key: str = "") -> Event:
    """A new draft from the fields of :data:`saving.FIELDS` and ``topic_ids``; a form sent twice makes one.

    Raises Conflict, Forbidden, Invalid."""
    require(member, EDIT)
    check_event(values)
    if made := queries.find_made(member, Event, form_key):
        return made
    event = Event(form_key=form_key or None)
    assign(event, values)
    event.topics = queries.list_topics_with(values.get("topic_ids", ()))
    try:
        give_slug(event)
    except Conflict:
        if made := queries.find_made(member, Event, form_key):  # by the other of the two, meanwhile
            return made
        raise
    refresh_audiences(member, event)
    save(member, event)
    record(member, "events.created", "events.event", event.id, {"title": event.title})
    return event


def update_event(member: Actor, event_id: int, version: int, values: Mapping[str, Any], comment: str = "") -> Event:
    """Change the event that the editor opened at ``version``. Raises Conflict, Forbidden, Invalid, NotFound."""
    event = hold_event(member, event_id)
    check_unchanged(event, version)
    check_event(
        {name: values.get(name, getattr(event, name)) for name in ("title", "starts_at", "ends_at", "parallel_url")}
    )
    before = facts_of(event)
    assign(event, values)
    if "topic_ids" in values:
        event.topics = queries.list_topics_with(values["topic_ids"])
    give_slug(event)
    refresh_audiences(member, event)
    save(member, event, comment)
    tell_changed(member, event, before)
    return event


def publish_event(member: Actor, event_id: int) -> Event:
    """Show the event to those its audience names. Raises Forbidden, NotFound."""
    return _set_state(member, event_id, "published")


def withdraw_event(member: Actor, event_id: int) -> Event:
    """Make the event a draft again, for the team alone. Raises Forbidden, NotFound."""
    return _set_state(member, event_id, "draft")


def _set_state(member: Actor, event_id: int, state: str) -> Event:
    event = hold_event(member, event_id)
    if event.state != state:
        event.state = state
        event.changed_at = utcnow()
        if state == "published" and event.published_at is None:
            event.published_at = event.changed_at
        refresh_audiences(member, event)
        save(member, event)
        record(member, f"events.{state}", "events.event", event.id, {"title": event.title})
        if event.is_published:
            tell_published(member, event)
    return event


def delete_event(member: Actor, event_id: int) -> None:
    """Delete a draft with everything below it. Raises Invalid for a published event, Forbidden, NotFound."""
    event = hold_event(member, event_id)
    if event.is_published:
        raise Invalid("A published event can't be deleted. Make it a draft first.")
    delete_files(member, queries.list_files_now(member, event.id))
    record(member, "events.deleted", "events.event", event.id, {"title": event.title})
    announce_deleted(member, "events.event", event.id)
    forget_sections(member, [section.id for section in queries.list_all_sections(member, event.id)])
    forget_versions(Event, [event.id])
    session.delete(event)
    session.flush()


def check_event(values: Mapping[str, Any]) -> None:
    """Raises Invalid, naming the field, where the fields contradict one another."""
    if not str(values.get("title") or "").strip():
        raise Invalid("Please give the event a title.", "title")
    if values.get("starts_at") is None:
        raise Invalid("Please say when the event begins.", "starts_at")
    if values.get("ends_at") and values["ends_at"] < values["starts_at"]:
        raise Invalid("The end is before the beginning.", "ends_at")
    if values.get("parallel_url") and not str(values["parallel_url"]).startswith(("https://", "http://", "/")):
        raise Invalid("Please give a full address that begins with https://.", "parallel_url")
