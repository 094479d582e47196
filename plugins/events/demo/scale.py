"""Invented events with reports for measurements, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from plugins.events.models import Event, Participation, Pitch, Result, Section, event_topic, pitch_topic
from plugins.events.services.principals import choice_of_section, principals_of
from portal.sdk.database import session, utcnow
from portal.sdk.demo import sentence, text
from portal.sdk.network import Membership, Topic
from portal.sdk.web import slug_of

FIRST_DAY = datetime(2012, 1, 10, 9, tzinfo=UTC)
BETWEEN = timedelta(days=2, hours=1)
PARTICIPANTS_EACH = 12
LONGEST = 100
# kind and choice of the sections that each event has
PROGRAMME = (
    *(("opening", "public"), ("keynote", "inherit"), ("lab", "inherit")),
    *(("lab", "participants"), ("closing", "public")),
)
RESULTS = ("measure", "insight", "summary")


def load_invented(scale: int) -> None:
    """Publish ``scale`` events: sections, a pitch and three results in each lab, people who took part."""
    columns = Membership.member_id, Membership.organisation_id
    people = session.execute(select(*columns).order_by(*columns)).all()
    topics = session.scalars(select(Topic.id).order_by(Topic.id)).all()
    rows = [_event(number) for number in range(scale)]
    events = _write(Event, rows)
    _link(event_topic, "event_id", events, topics)
    pairs, places = zip(events, rows, strict=True), range(len(PROGRAMME))
    parts = [_section(event, row, place) for event, row in pairs for place in places]
    sections = _write(Section, parts)
    labs = [pair for pair in zip(sections, parts, strict=True) if pair[1]["kind"] == "lab"]
    pitches = _write(Pitch, [_pitch(section, part, people) for section, part in labs])
    _link(pitch_topic, "pitch_id", pitches, topics)
    results = [_result(section, part, place) for section, part in labs for place in range(len(RESULTS))]
    session.execute(insert(Result), results)
    session.execute(insert(Participation), [row for event in events for row in _participations(event, people)])


def _write(model: type[Any], rows: list[dict[str, Any]]) -> Sequence[int]:
    """Insert the rows; gives their ids in the same order."""
    return session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), rows).all()


def _link(table: Any, column: str, ids: Sequence[int], topics: Sequence[int]) -> None:
    if topics:
        session.execute(insert(table), [{column: one, "topic_id": topics[one % len(topics)]} for one in ids])


def _event(number: int) -> dict[str, Any]:
    title, begin = sentence(number, 5), FIRST_DAY + number * BETWEEN
    choice = "member" if number % 4 == 0 else "public"
    return {
        "slug": f"{slug_of(title, LONGEST)}-{number}",
        "title": title,
        "starts_at": begin,
        "ends_at": begin + timedelta(hours=7),
        "town": "Berlin",
        "place": "Haus der Netzwerke",
        "teaser": f"{sentence(number + 1)}.",
        "lookback": text(number),
        "internal": text(number + 1, 6),
        "people": PARTICIPANTS_EACH,
        "state": "published",
        "audience_choice": choice,
        "audience": principals_of(0, choice),
        "internal_audience": principals_of(0, choice_of_section(choice, "inherit")),
        "published_at": begin + timedelta(days=1),
        "changed_at": begin + timedelta(days=1),
    }


def _section(event_id: int, event: dict[str, Any], position: int) -> dict[str, Any]:
    kind, choice = PROGRAMME[position]
    number = event_id * len(PROGRAMME) + position
    return {
        "event_id": event_id,
        "position": position,
        "kind": kind,
        "title": sentence(number, 4),
        "text": text(number, 8),
        "audience_choice": choice,
        "audience": principals_of(event_id, choice_of_section(event["audience_choice"], choice)),
    }


def _pitch(section_id: int, section: dict[str, Any], people: Sequence[Any]) -> dict[str, Any]:
    presenter = people[section_id % len(people)]
    return {
        "section_id": section_id,
        "title": sentence(section_id, 5),
        **{name: text(section_id + place, 4) for place, name in enumerate(("challenge", "solution", "measure"))},
        "organisation_id": presenter.organisation_id,
        "presenter_id": presenter.member_id,
        "audience": section["audience"],
    }


def _result(section_id: int, section: dict[str, Any], place: int) -> dict[str, Any]:
    return {
        "section_id": section_id,
        "position": place,
        "kind": RESULTS[place],
        "text": f"{sentence(section_id + place, 14)}.",
        "audience": section["audience"],
    }


def _participations(event_id: int, people: Sequence[Any]) -> Iterator[dict[str, Any]]:
    begin = event_id * PARTICIPANTS_EACH
    chosen = [people[(begin + place) % len(people)] for place in range(PARTICIPANTS_EACH)]
    for one in {one.member_id: one for one in chosen}.values():
        yield {
            "event_id": event_id,
            "member_id": one.member_id,
            "organisation_id": one.organisation_id,
            "consent_listed_at": utcnow() if one.member_id % 2 else None,
        }
