"""Invented profiles for measurements: one for each organisation that has none, written in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from plugins.initiatives.models import Profile, ProfileLand, profile_topic
from plugins.initiatives.services.content import EMPTY, PLAIN, find_position, tidied
from plugins.initiatives.services.profiles import TYPE
from plugins.initiatives.services.rules import audience_of
from portal.sdk.database import session, utcnow
from portal.sdk.demo import sentence, text
from portal.sdk.network import Organisation, Topic
from portal.sdk.revisions import Revision

TOPICS_EACH = 2


def load_invented() -> None:
    """Publish a profile for each organisation that has none, each with its first version."""
    taken = select(Profile.organisation_id)
    organisations = session.scalars(select(Organisation).where(Organisation.id.not_in(taken))).all()
    topics = session.execute(select(Topic.id, Topic.slug).order_by(Topic.id)).all()
    values = {one.id: _values(one, [slug for _id, slug in _chosen(one, topics)]) for one in organisations}
    if not values:
        return
    session.execute(insert(Profile), [_profile(one, values[one.id]) for one in organisations])
    ids = {row.organisation_id: row.id for row in session.execute(select(Profile.organisation_id, Profile.id))}
    seats = [{"profile_id": ids[one.id], "land": one.land} for one in organisations if one.land]
    if seats:
        session.execute(insert(ProfileLand), seats)
    links = [(ids[one.id], number) for one in organisations for number, _slug in _chosen(one, topics)]
    if links:
        session.execute(insert(profile_topic), [{"profile_id": profile, "topic_id": topic} for profile, topic in links])
    session.execute(insert(Revision), [_revision(ids[key], data) for key, data in values.items()])


def _chosen(organisation: Organisation, topics: Sequence[Any]) -> list[Any]:
    return [topics[(organisation.id + step) % len(topics)] for step in range(min(TOPICS_EACH, len(topics)))]


def _values(organisation: Organisation, topics: list[str]) -> dict[str, Any]:
    number = organisation.id
    lines = {name: [sentence(number * 100 + at, 5)] for at, name in enumerate(("goals", "offers", "needs"))}
    values = {
        **EMPTY,
        **lines,
        "claim": sentence(number, 6),
        "summary": f"{sentence(number + 1)}. {sentence(number + 2)}.",
        "text": text(number),
        "town": organisation.town,
        "mailbox": f"info{number}@portal.example",
        "topics": sorted(topics),
        "laender": [organisation.land] if organisation.land else [],
    }
    return tidied(values)


def _profile(organisation: Organisation, values: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = find_position(organisation, values)
    moment = utcnow() - timedelta(minutes=organisation.id)
    return {
        **{name: values[name] for name in PLAIN},
        "organisation_id": organisation.id,
        "state": "published",
        "audience": audience_of("published", values["reach"], organisation.id),
        "latitude": latitude,
        "longitude": longitude,
        "revision": 1,
        "changed_at": moment,
        "published_at": moment,
        "confirmed_at": moment,
    }


def _revision(profile_id: int, values: dict[str, Any]) -> dict[str, Any]:
    return {"subject_type": TYPE, "subject_id": profile_id, "number": 1, "data": values, "comment": ""}
