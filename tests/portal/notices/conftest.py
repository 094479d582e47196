"""What the tests of notices share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from portal.database import unit_of_work
from portal.extensions import db
from portal.mail.services import outbox
from portal.notices.models import Notice
from portal.notices.services.sending import send_digests
from portal.organisations.services.memberships import set_membership
from tests.fixtures.people import Network

# A Tuesday in winter: seven in Berlin is six in UTC.
NOON = datetime(2026, 1, 13, 11, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 1, 14, 6, 5, tzinfo=UTC)

Mails = list[tuple[str, ...]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Mails:
    """Every mail that goes out while the test runs: recipient, subject, text, HTML, where it is ended."""
    mails: Mails = []
    monkeypatch.setattr(outbox, "deliver", lambda *mail: mails.append(mail))
    return mails


@pytest.fixture
def joined(network: Network, sent: Mails) -> Callable[[], None]:
    """``joined()``: at noon the office lets Mia belong to Nordwerk, which Ines and Cem edit."""

    def join() -> None:
        office = network.actor("editorial")
        with time_machine.travel(NOON, tick=False), unit_of_work():
            set_membership(office, network.member("member").id, network.organisation("nordwerk").id, "representative")
        sent.clear()

    return join


@pytest.fixture
def digest(sent: Mails) -> Callable[[datetime], list[str]]:
    """``digest(moment)``: let the worker look for due digests then; gives who was mailed."""

    def run(moment: datetime) -> list[str]:
        before = len(sent)
        with time_machine.travel(moment, tick=False), unit_of_work():
            send_digests()
        return sorted(mail[0].partition("@")[0] for mail in sent[before:])

    return run


def notices_of(network: Network, who: str) -> list[Notice]:
    """Somebody's notices as the database has them."""
    db.session.expire_all()
    return list(db.session.scalars(select(Notice).where(Notice.member_id == network.member(who).id)))
