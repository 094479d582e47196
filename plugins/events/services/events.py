"""Creating, editing and publishing events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from plugins.events.models import Event
from plugins.events.permissions import EDIT
from plugins.events.services import queries
from plugins.events.services.attachments import delete_files_of_event
from plugins.events.services.audiences import refresh_audiences
from plugins.events.services.saving import assign, check_unchanged, forget_versions, save
from plugins.events.services.slugs import give_slug
from portal.sdk.access import Actor, require
from portal.sdk.audit import record
from portal.sdk.database import session, utcnow
from portal.sdk.errors import Invalid
from portal.sdk.hooks import announce_deleted
from portal.sdk.network import Topic


def create_event(member: Actor, values: Mapping[str, Any]) -> Event:
    """A new draft from the fields of :data:`saving.FIELDS` and ``topic_ids``. Raises Forbidden, Invalid."""
    require(member, EDIT)
    check_event(values)
    event = Event()
    assign(event, values)
    give_slug(event)
    event.topics = find_topics(values.get("topic_ids", ()))
    session.add(event)
    session.flush()
    refresh_audiences(event)
    save(member, event)
    record(member, "events.created", "events.event", event.id, {"title": event.title})
    return event


def update_event(member: Actor, event_id: int, version: int, values: Mapping[str, Any], comment: str = "") -> Event:
    """Change the event that the editor opened at ``version``. Raises Conflict, Forbidden, Invalid, NotFound."""
    event = queries.get_event_to_edit(member, event_id)
    check_unchanged(event, version)
    check_event(
        {name: values.get(name, getattr(event, name)) for name in ("title", "starts_at", "ends_at", "parallel_url")}
    )
    assign(event, values)
    give_slug(event)
    if "topic_ids" in values:
        event.topics = find_topics(values["topic_ids"])
    refresh_audiences(event)
    save(member, event, comment)
    return event


def publish_event(member: Actor, event_id: int) -> Event:
    """Show the event to those its audience names. Raises Forbidden, NotFound."""
    return _set_state(member, event_id, "published")


def withdraw_event(member: Actor, event_id: int) -> Event:
    """Make the event a draft again, for the team alone. Raises Forbidden, NotFound."""
    return _set_state(member, event_id, "draft")


def _set_state(member: Actor, event_id: int, state: str) -> Event:
    event = queries.get_event_to_edit(member, event_id)
    if event.state != state:
        event.state = state
        event.changed_at = utcnow()
        if state == "published" and event.published_at is None:
            event.published_at = event.changed_at
        refresh_audiences(event)
        save(member, event)
        record(member, f"events.{state}", "events.event", event.id, {"title": event.title})
    return event


def delete_event(member: Actor, event_id: int) -> None:
    """Delete a draft with everything below it. Raises Invalid for a published event, Forbidden, NotFound."""
    event = queries.get_event_to_edit(member, event_id)
    if event.is_published:
        raise Invalid("A published event can't be deleted. Make it a draft first.")
    delete_files_of_event(member, event.id)
    record(member, "events.deleted", "events.event", event.id, {"title": event.title})
    announce_deleted(member, "events.event", event.id)
    forget_versions(event)
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


def find_topics(ids: Iterable[int]) -> list[Topic]:
    """The topics with these ids, by title; unknown ones are left out."""
    return list(session.scalars(select(Topic).where(Topic.id.in_(list(ids))).order_by(Topic.title)))
