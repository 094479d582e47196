"""The plugin's part of the demo network: a documented meeting, a coming one and a draft."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import select

from plugins.events.demo.files import add_files
from plugins.events.models import Event, Section
from plugins.events.services import events, pitches, results, sections
from plugins.events.services.participations import create_participation
from portal.sdk.access import Actor, system
from portal.sdk.database import session
from portal.sdk.network import Member, Organisation, Topic

FOLDER = Path(__file__).parent
PUBLISHED = ("netzwerktreffen-2023", "netzwerktreffen-2027")
DRAFTS = ("werkstattgespraech",)
Content = dict[str, Any]


def load_demo() -> None:
    """Write the demo's events; organisations, people and topics are there already."""
    member = system()
    for name in PUBLISHED:
        event = _load_event(member, _read(name))
        events.publish_event(member, event.id)
    for name in DRAFTS:
        _load_event(member, _read(name))


def _read(name: str) -> Content:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def _load_event(member: Actor, content: Content) -> Event:
    event = events.create_event(member, _texts(content["event"]) | {"topic_ids": _topic_ids(content["event"])})
    for part in content.get("sections", ()):
        _load_section(member, event, part)
    add_files(member, event, content)
    for participant in content.get("participants", ()):
        _note_participant(member, event, participant)
    return event


def _note_participant(member: Actor, event: Event, content: Content) -> None:
    organisation = _organisation(content.get("organisation"))
    person = _person(content)
    values = {
        "person": person.email or person.name,
        "organisation_id": organisation.id if organisation else None,
        "role": content.get("role"),
        "is_listed": content["listed"],
    }
    create_participation(member, event.id, values)


def _load_section(member: Actor, event: Event, part: Content) -> Section:
    section = sections.create_section(member, event.id, _texts(part))
    for pitch in part.get("pitches", ()):
        organisation, presenter = _organisation(pitch["organisation"]), _person({"name": pitch["presenter"]})
        links = {"organisation_id": organisation and organisation.id, "presenter_id": presenter.id}
        pitches.create_pitch(member, section.id, _texts(pitch) | links | {"topic_ids": _topic_ids(pitch)})
    for result in part.get("results", ()):
        author = _person({"name": result["author"]}) if "author" in result else None
        results.create_result(member, section.id, _texts(result) | {"author_id": author.id if author else None})
    add_files(member, section, part)
    return section


def _texts(content: Content) -> Content:
    return {name: value.strip() if isinstance(value, str) else value for name, value in content.items()}


def _topic_ids(content: Content) -> list[int]:
    return list(session.scalars(select(Topic.id).where(Topic.slug.in_(content.get("topics", [])))))


def _organisation(slug: str | None) -> Organisation | None:
    return session.scalar(select(Organisation).where(Organisation.slug == slug)) if slug else None


def _person(content: Content) -> Member:
    named = Member.email == content["email"] if "email" in content else Member.name == content["name"]
    return session.scalars(select(Member).where(named)).one()
