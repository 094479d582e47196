"""Two events that hold a word of their own at every place from which something could leak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from plugins.events.models import Event, Section
from plugins.events.services import attachments, events, pitches, results, sections
from plugins.events.services.participations import create_participation
from portal.files.services import uploading
from portal.permissions.actor import Actor, system
from portal.sdk.database import unit_of_work, utcnow
from portal.sdk.files import Attachment, Description
from tests.fixtures.people import Network

EDITOR = "editorial"
WEEK = timedelta(days=7)


@dataclass
class Documented:
    """An event with one section of each audience; ids, so that tests may load afresh."""

    event: int
    slug: str
    sections: dict[str, int]
    pitches: dict[str, int]
    files: dict[str, int]


def event_values(title: str, **more: Any) -> dict[str, Any]:
    """The fields of an event that took place a week ago."""
    start: datetime = more.pop("starts_at", utcnow() - WEEK)
    return {"title": title, "starts_at": start, "teaser": "teaser", "lookback": "lookback", **more}


def make_event(title: str, word: str, *, publish: bool) -> Documented:
    """An event whose texts all hold ``word`` with the name of their audience behind it."""
    with unit_of_work():
        values = event_values(title, lookback=f"{word}public", internal=f"{word}internal")
        event = events.create_event(system(), values)
        made = Documented(event.id, event.slug, {}, {}, {})
        for choice in ("public", "inherit", "participants", "team"):
            _add_section(made, choice, f"{word}{choice}")
        if publish:
            events.publish_event(system(), event.id)
    return made


def _add_section(made: Documented, choice: str, word: str) -> None:
    member = system()
    section = sections.create_section(
        member, made.event, {"title": f"{word}title", "text": f"{word}text", "kind": "lab", "audience_choice": choice}
    )
    made.sections[choice] = section.id
    made.pitches[choice] = pitches.create_pitch(member, section.id, {"title": f"{word}pitch"}).id
    results.create_result(member, section.id, {"kind": "finding", "text": f"{word}result"})
    made.files[choice] = _add_file(member, section, f"{word}file").id


def _add_file(member: Actor, owner: Event | Section, word: str) -> Attachment:
    received = attachments.receive_upload(member, f"{word}.txt", BytesIO(word.encode()))
    file = attachments.create_file(member, owner, received, Description(title=word))
    file.text, file.text_state = f"{word} innen", "done"
    return file


def note_participant(network: Network, event_id: int, who: str, **values: Any) -> int:
    """Note that this person of the network took part; gives the participation's id."""
    with unit_of_work():
        person = {"person": network.member(who).email, **values}
        return create_participation(system(), event_id, person).id


@pytest.fixture(autouse=True)
def quick_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are taken in but not worked on: that is tested where it is done, and takes its time."""
    monkeypatch.setattr(uploading, "enqueue", lambda name, **arguments: None)


@pytest.fixture
def published(network: Network) -> Documented:
    """A published event; Paul took part in it."""
    made = make_event("Offenes Treffen", "gesehen", publish=True)
    note_participant(network, made.event, "participant", is_listed=True)
    note_participant(network, made.event, "other")
    return made


@pytest.fixture
def draft(network: Network) -> Documented:
    """A draft; Paul is to take part in it."""
    made = make_event("Geheimer Entwurf", "geheim", publish=False)
    note_participant(network, made.event, "participant")
    return made
