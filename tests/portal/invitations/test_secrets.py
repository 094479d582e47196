"""Each secret that is mailed opens one door, once: the matrix of kinds, doors, and what happened meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.login.services.links import create_link
from portal.members.models import Member
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.security.ways_in import build_ways_in
from tests.security.world import World

DOORS = {
    "invitation": "/invitation/{}",
    "reset": "/login/reset/{}",
    "request": "/login/request/{}",
    "address": "/login/address/{}",
    "undo": "/login/address/undo/{}",
}
CHOICE = {"password": "wolke-leiter-senf-trommel", "again": "wolke-leiter-senf-trommel"}


@pytest.fixture
def secrets(network: Network) -> dict[str, str]:
    """One secret of each kind, all open."""
    with unit_of_work():
        invited = Member(name="Ida", sort_name="ida", email="ida@netz.example", state="invited")
        db.session.add(invited)
        db.session.flush()
        number = network.member("member").id
        found = build_ways_in(World(), invited, number, network.organisation("nordwerk").id)
        return {**found, "reset": create_link(number, "reset")}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", DOORS)
def test_no_secret_opens_another_door(client: PortalClient, secrets: dict[str, str], kind: str, door: str) -> None:
    path = DOORS[door].format(secrets[kind])
    assert (client.get(path).status_code == 200) == (kind == door)
    assert (client.post(path, data=CHOICE).status_code < 400) == (kind == door)
    assert client.post(path, data=CHOICE).status_code == 404  # used, or never good


@pytest.mark.parametrize("kind", DOORS)
def test_no_secret_opens_too_late(client: PortalClient, secrets: dict[str, str], kind: str) -> None:
    with time_machine.travel(utcnow() + timedelta(days=8)):
        assert client.get(DOORS[kind].format(secrets[kind])).status_code == 404
        assert client.post(DOORS[kind].format(secrets[kind]), data=CHOICE).status_code == 404
