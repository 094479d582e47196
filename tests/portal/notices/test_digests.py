"""Digests: what is new, once, on the reader's own clock, and only what they may still know of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from portal.database import unit_of_work
from portal.extensions import db
from portal.members.services.disabling import disable_member, enable_member
from portal.notices.services import sending
from portal.notices.services.choosing import choose_rhythms
from portal.notices.services.reading import read_notice
from portal.notices.services.sending import last_at_seven, mail_digest
from portal.organisations.services.memberships import set_membership
from portal.permissions.actor import system
from tests.fixtures.people import Network, address
from tests.portal.notices.conftest import NEXT_MORNING, NOON, Mails, notices_of

Join = Callable[[], None]
Digest = Callable[[datetime], list[str]]


def test_a_digest_comes_in_the_morning_and_never_again(joined: Join, digest: Digest) -> None:
    joined()
    assert digest(NOON + timedelta(minutes=5)) == digest(NEXT_MORNING - timedelta(minutes=6)) == []
    assert digest(NEXT_MORNING) == ["coeditor", "editor"]
    assert digest(NEXT_MORNING) == digest(NEXT_MORNING + timedelta(days=7)) == []


def test_a_crash_between_taking_and_mailing_loses_and_repeats_nothing(
    joined: Join, digest: Digest, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined()
    with monkeypatch.context() as broken:
        broken.setattr(sending, "create_mail", lambda *words, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError), unit_of_work():
            mail_digest(network.member("editor").id)
    assert digest(NEXT_MORNING) == ["coeditor", "editor"]
    assert digest(NEXT_MORNING) == []


def test_what_one_may_no_longer_know_is_not_mailed(joined: Join, digest: Digest, network: Network) -> None:
    joined()
    with unit_of_work():
        set_membership(system(), network.member("editor").id, network.organisation("nordwerk").id, "representative")
    assert len(notices_of(network, "editor")) == 1
    assert digest(NEXT_MORNING) == ["coeditor"]


def test_what_was_read_in_the_portal_is_not_mailed(joined: Join, digest: Digest, network: Network) -> None:
    joined()
    with unit_of_work():
        read_notice(network.actor("editor"), notices_of(network, "editor")[0].id)
    assert digest(NEXT_MORNING) == ["coeditor"]


def test_the_disabled_get_nothing_and_no_old_mail_when_they_come_back(
    joined: Join, digest: Digest, network: Network
) -> None:
    joined()
    number = network.member("editor").id
    with unit_of_work():
        disable_member(system(), number)
    assert digest(NEXT_MORNING) == ["coeditor"]
    with unit_of_work():
        enable_member(system(), number)
    assert digest(NEXT_MORNING) == [] and len(notices_of(network, "editor")) == 1


def test_it_is_in_the_readers_language(joined: Join, digest: Digest, network: Network, sent: Mails) -> None:
    network.member("editor").locale = "en"
    db.session.commit()
    joined()
    digest(NEXT_MORNING)
    words = {mail[0]: mail[2] for mail in sent}
    assert "Mia Mitglied now belongs to Nordwerk" in words[address("editor")]
    assert "Mia Mitglied gehört jetzt zu Nordwerk" in words[address("coeditor")]


def test_it_follows_the_readers_clock_and_choice(joined: Join, digest: Digest, network: Network) -> None:
    network.member("editor").timezone = "America/New_York"
    db.session.commit()
    with unit_of_work():
        choose_rhythms(network.actor("coeditor"), {"organisations.member_joined": "weekly"})
    joined()
    assert digest(NOON + timedelta(minutes=55)) == []  # it is six in New York at noon
    assert digest(NOON + timedelta(minutes=65)) == ["editor"]
    assert digest(datetime(2026, 1, 19, 6, 0, tzinfo=UTC)) == ["coeditor"]


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ("2026-03-29T05:00", "2026-03-29T05:00", "2026-03-23T06:00"),  # the day on which clocks go forward
        ("2026-03-29T04:59", "2026-03-28T06:00", "2026-03-23T06:00"),
        ("2026-10-25T06:00", "2026-10-25T06:00", "2026-10-19T05:00"),  # and back
        ("2026-10-25T05:59", "2026-10-24T05:00", "2026-10-19T05:00"),
        ("2026-10-26T05:59", "2026-10-25T06:00", "2026-10-19T05:00"),
        ("2026-10-26T06:00", "2026-10-26T06:00", "2026-10-26T06:00"),
    ],
)
def test_seven_is_seven_when_clocks_change(now: str, daily: str, weekly: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = [last_at_seven("Europe/Berlin", at, one).astimezone(UTC) for one in (False, True)]
    assert [f"{one:%Y-%m-%dT%H:%M}" for one in found] == [daily, weekly]
