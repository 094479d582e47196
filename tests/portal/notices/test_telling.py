"""Who is told what, once, and by mail at once where they want it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.database import unit_of_work
from portal.extensions import db
from portal.login.services.notices import tell_owner
from portal.members.services.roles import set_member_roles
from portal.notices.services.choosing import choose_rhythms
from portal.notices.services.reading import read_notice
from portal.notices.services.telling import notify
from portal.permissions.actor import system
from portal.privacy.services.erasing import erase_member
from tests.fixtures.people import Network, address
from tests.portal.notices.conftest import Mails, notices_of

RIGHTS, JOINED = "members.rights_changed", "organisations.member_joined"


def tell(network: Network, subject: str, **how: str) -> None:
    """Have the office tell Mia of her rights."""
    params = {"organisation": "Nordwerk", "role": "editor"}
    with unit_of_work():
        notify(network.actor("editorial"), RIGHTS, [network.member("member").id], subject, "/me", params, **how)  # type: ignore[arg-type]


def test_roles_are_told_at_once_and_in_the_portal(network: Network, sent: Mails) -> None:
    with unit_of_work():
        set_member_roles(network.actor("admin"), network.member("member").id, {"editorial"})
    assert [mail[0] for mail in sent] == [address("member")]
    assert notices_of(network, "member")[0].sent_at is not None


def test_nobody_is_told_of_what_they_did(network: Network, sent: Mails) -> None:
    actor = network.actor("member")
    with unit_of_work():
        notify(actor, RIGHTS, [actor.id or 0], "roles", "/me", {"roles": []})
    assert notices_of(network, "member") == [] and not sent


def test_who_wants_none_gets_none(network: Network, sent: Mails) -> None:
    with unit_of_work():
        choose_rhythms(network.actor("member"), {RIGHTS: "never"})
    tell(network, "roles")
    assert notices_of(network, "member") == [] and not sent


def test_the_same_is_one_notice_until_it_is_read(network: Network, sent: Mails) -> None:
    tell(network, "1", once="unread")
    tell(network, "1", once="unread")
    (only,) = notices_of(network, "member")
    assert (len(sent), only.waits) == (1, "daily")
    with unit_of_work():
        read_notice(network.actor("member"), only.id)
    tell(network, "1", once="unread")
    assert (len(sent), len(notices_of(network, "member"))) == (2, 2)


def test_a_flood_is_five_mails_and_a_digest(network: Network, sent: Mails) -> None:
    for number in range(7):
        tell(network, str(number))
    assert len(sent) == 5
    assert [one.waits for one in notices_of(network, "member")].count("daily") == 2


def test_security_is_in_the_portal_too_and_mailed_once(network: Network, sent: Mails) -> None:
    number = network.member("member").id
    with unit_of_work():
        choose_rhythms(network.actor("member"), {"login.security": "never"})
        tell_owner(number, "password_changed")
    assert [mail[1] for mail in sent] == ["Ihr Passwort wurde geändert"]
    assert [one.kind for one in notices_of(network, "member")] == ["login.security"]


def test_names_in_mails_are_words(network: Network, sent: Mails) -> None:
    params = {"organisation": "<img src=x onerror=alert(1)>", "role": "editor"}
    with unit_of_work():
        notify(system(), RIGHTS, [network.member("member").id], "1", "/me", params)
    assert "<img" in sent[0][2] and "<img" not in sent[0][3] and "&lt;img" in sent[0][3]


def test_who_is_erased_is_named_in_no_notice(network: Network, joined: Callable[[], None]) -> None:
    joined()
    assert "Mia Mitglied" in str(notices_of(network, "editor")[0].params)
    with unit_of_work():
        erase_member(system(), network.member("member").id)
    assert notices_of(network, "editor") == []


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "me"])
def test_a_notice_leads_nowhere_else(network: Network, path: str) -> None:
    with pytest.raises(ValueError, match="can lead to"):
        notify(system(), RIGHTS, [network.member("member").id], "1", path)
    db.session.rollback()
