"""What the tests of getting in share."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from portal.database import unit_of_work
from portal.invitations.services import inviting
from portal.invitations.services.inviting import Guest
from portal.mail.services import outbox
from tests.fixtures.people import Network

BASE = "https://portal.example"


class Sent(list[tuple[str, str, str]]):
    """The mails that were sent: recipient, subject, text."""

    @property
    def secret(self) -> str:
        """The last word of the last link that was mailed."""
        return re.findall(r"https?://\S+/(\S+)", self[-1][2])[-1]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Every mail that is sent while the test runs."""
    mails = Sent()
    monkeypatch.setattr(outbox, "deliver", lambda *mail: mails.append(mail))
    return mails


@pytest.fixture
def invited(network: Network, sent: Sent) -> Callable[..., str]:
    """``invited("neu@netz.example", "editor")``: the secret of an invitation into Nordwerk by that person."""

    def invite(email: str, by: str = "editor", role: str = "representative", slug: str = "nordwerk") -> str:
        guest = Guest("Neue Kollegin", email, network.organisation(slug).id, role)
        actor = network.actor(by)
        with unit_of_work():
            inviting.create_invitation(actor, guest, BASE, "de")
        return sent.secret

    return invite
