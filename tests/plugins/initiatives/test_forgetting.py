"""Somebody who wrote and stands in profiles is erased: their own contact goes, what they wrote stays without a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from plugins.initiatives.models import Profile
from plugins.initiatives.services.personal import collect
from portal.database import unit_of_work
from portal.extensions import db
from portal.permissions.actor import system
from portal.privacy.services.erasing import NOBODY, erase_member
from portal.revisions.models import Revision
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address
from tests.plugins.initiatives.samples import SECRET_MAIL, save
from tests.portal.privacy.test_erasure import dump

Login = Callable[[str], PortalClient]
PHONE = "+49 431 4242-77"
CANARIES = (address("editor"), PHONE, "ines initiative")


@pytest.fixture
def written(network: Network, nordwerk: Profile) -> int:
    """Ines gives her own address and number in Nordwerk's profile, then a colleague goes on; her number."""
    with unit_of_work():
        network.member("editor").phone = PHONE
        own: dict[str, Any] = {"mailbox": address("editor").title(), "phone": PHONE, "claim": "Von Ines"}
        save(network.actor("editor"), nordwerk, **own)
        save(network.actor("coeditor"), nordwerk, phone="+49 431 1")
    return network.member("editor").id


def test_her_contact_leaves_profile_and_versions(written: int) -> None:
    with unit_of_work():
        erase_member(system(), written)
    lines = [line.replace(address("coeditor"), "") for line in dump()]
    assert [line for line in lines if any(one in line for one in CANARIES)] == []


def test_what_she_wrote_stays_under_the_name_of_nobody(login: Login, written: int) -> None:
    with unit_of_work():
        erase_member(system(), written)
    pages = [login("coeditor").get(f"/initiatives/nordwerk{one}").text for one in ("", "/revisions", "/revisions/2")]
    assert "Von Ines" in pages[0] and all(NOBODY in one for one in pages[1:])
    assert not any("Ines Initiative" in one or address("editor") in one.lower() for one in pages)


def test_what_is_no_contact_of_hers_stays(written: int) -> None:
    with unit_of_work():
        erase_member(system(), written)
    first = db.session.query(Revision).filter_by(number=1, subject_type="initiatives.profile").one()
    assert first.data["mailbox"] == SECRET_MAIL
    assert db.session.query(Profile).one().phone == "+49 431 1"


def test_the_form_still_knows_what_was_changed(network: Network, nordwerk: Profile, written: int) -> None:
    start = nordwerk.revision
    with unit_of_work():
        erase_member(system(), written)
        assert save(network.actor("coeditor"), db.session.query(Profile).one(), start, claim="Neu") is False


def test_her_data_names_where_she_stands(network: Network, written: int) -> None:
    found = collect(written)["profiles_with_own_contact"]
    assert found == [{"organisation": "Nordwerk e. V.", "mailbox": address("editor")}]
