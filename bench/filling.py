"""Fills the demo network up to 200 members, 500 events and 500 profiles, with the reference's texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bench.words import sentence, text
from plugins.events.models import Event, Section
from plugins.events.services.audiences import refresh_audiences
from plugins.initiatives.models import Address, Profile, ProfileLand
from plugins.initiatives.services.rules import audience_of
from portal.application import create_app
from portal.database import Base, unit_of_work
from portal.extensions import db
from portal.members.models import Member
from portal.members.naming import fold, sort_name_of
from portal.organisations.models import Organisation
from portal.permissions.actor import system
from portal.topics.laender import LAENDER

MEMBERS, EVENTS, PROFILES = 200, 500, 500
FIRST_DAY = datetime(2012, 1, 10, 9, tzinfo=UTC)
PUBLISHED = datetime(2024, 1, 1, tzinfo=UTC)


def fill() -> None:
    """Add what is missing."""
    with unit_of_work():
        for number in range(_missing(Member, MEMBERS)):
            name = f"Messwert Nummer {number}"
            db.session.add(Member(name=name, sort_name=sort_name_of(name), email=f"m{number}@portal.example"))
        for number in range(_missing(Event, EVENTS)):
            _add_event(number)
        for number in range(_missing(Profile, PROFILES)):
            _add_profile(number)


def _missing(model: type[Base] | type[Event] | type[Profile], wanted: int) -> int:
    return wanted - (db.session.scalar(select(func.count()).select_from(model)) or 0)


def _add_event(number: int) -> None:
    event = Event(
        slug=f"messung-{number}",
        title=sentence(number),
        teaser=sentence(number + 1000),
        lookback=text(number)[:1000],
        starts_at=FIRST_DAY + timedelta(days=9 * number),
        town="Berlin",
        state="published",
        published_at=PUBLISHED + timedelta(minutes=number),
        changed_at=PUBLISHED + timedelta(minutes=number),
    )
    db.session.add(event)
    db.session.flush()
    for position, part in enumerate((text(number)[1000:1500], text(number)[1500:])):
        db.session.add(Section(event_id=event.id, position=position, title=sentence(position), kind="lab", text=part))
    refresh_audiences(system(), event)


def _add_profile(number: int) -> None:
    land = list(LAENDER)[number % len(LAENDER)]
    name = f"Initiative {number} {sentence(number)}"
    organisation = Organisation(slug=f"messung-{number}", name=name, sort_name=fold(name), land=land, town="Berlin")
    db.session.add(organisation)
    db.session.flush()
    profile = Profile(
        organisation=organisation,
        state="published",
        audience=audience_of("published", "public", organisation.id),
        summary=sentence(number + 2000),
        text=text(number),
        published_at=PUBLISHED + timedelta(minutes=number),
        changed_at=PUBLISHED + timedelta(minutes=number),
    )
    profile.land_links.append(ProfileLand(land=land))
    db.session.add_all([profile, Address(slug=organisation.slug, profile=profile)])


if __name__ == "__main__":
    with create_app().app_context():
        fill()
