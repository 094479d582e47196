"""Those who take part in an event are told what they have to know, as long as they may read it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from plugins.events.models import Event
from plugins.events.services import events
from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.notices.models import Notice
from portal.notices.services.queries import list_notices
from portal.permissions.actor import system
from tests.fixtures.people import Network
from tests.plugins.events.conftest import event_values, note_participant


@pytest.fixture
def coming(network: Network) -> int:
    """A published event next week that Paul takes part in."""
    with unit_of_work():
        event = events.create_event(system(), event_values("Hafenrunde", starts_at=utcnow() + timedelta(days=7)))
        number = event.id
    note_participant(network, number, "participant")
    with unit_of_work():
        events.publish_event(network.actor("editorial"), number)
    return number


def change(network: Network, number: int, **values: object) -> None:
    """Have the editorial office change the event."""
    with unit_of_work():
        event = db.session.get_one(Event, number)
        events.update_event(network.actor("editorial"), number, event.version, values)


def told() -> list[str]:
    """The kinds of all notices there are, in order, and whose they are."""
    rows = db.session.execute(select(Notice.kind, Notice.member_id).order_by(Notice.id)).all()
    assert len({row.member_id for row in rows}) <= 1  # nobody but the one who takes part
    return [row.kind.removeprefix("events.event_") for row in rows]


def test_who_takes_part_learns_of_publication_and_of_another_place(coming: int, network: Network) -> None:
    assert told() == ["published"]
    change(network, coming, lookback="Ein Bericht")
    assert told() == ["published"]
    change(network, coming, place="Halle 3")
    assert told() == ["published", "changed"]


def test_an_event_that_is_withdrawn_is_in_no_notice(coming: int, network: Network) -> None:
    change(network, coming, place="Halle 3")
    assert len(list_notices(network.actor("participant")).items) == 2
    with unit_of_work():
        events.withdraw_event(network.actor("editorial"), coming)
    assert list_notices(network.actor("participant")).items == [] and len(told()) == 2
