"""A portal whose events and their sections are so many documents for the search."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from flask import Flask

from bench.words import german
from plugins.events.models import Event, Section
from plugins.events.services.audiences import refresh_audiences
from portal.database import unit_of_work
from portal.extensions import db
from portal.permissions.actor import system

SECTIONS = 4
AT_ONCE = 100
FIRST_DAY = datetime(2004, 1, 10, 9, tzinfo=UTC)
CHOICES = ("public",) * 6 + ("member",) * 3 + ("participants",)


def fill(app: Flask, documents: int) -> None:
    """Add events, each with four sections: two thirds public, the rest members' or participants'."""
    count = documents // (SECTIONS + 1)
    with app.app_context():
        for start in range(0, count, AT_ONCE):
            with unit_of_work():
                for number in range(start, min(start + AT_ONCE, count)):
                    add_event(number)


def add_event(number: int, title: str = "", choice: str = "") -> Event:
    """One event; its texts are the same for the same number."""
    random = Random(number)
    moment = FIRST_DAY + timedelta(hours=number * 8)
    event = Event(
        slug=f"messung-{number}",
        title=title or german(number, 5)[:200],
        lookback=german(number + 1_000_000, random.randint(60, 400)),
        starts_at=moment,
        state="published",
        audience_choice=choice or random.choice(CHOICES),
        published_at=moment,
    )
    db.session.add(event)
    db.session.flush()
    for place in range(SECTIONS):
        text = german(number * 10 + place + 2_000_000, random.randint(60, 400))
        title = german(number * 10 + place + 3_000_000, 4)[:200]
        db.session.add(Section(event_id=event.id, position=place, title=title, kind="lab", text=text))
    refresh_audiences(system(), event)
    return event
