"""Where one is logged in: the kind of device, and the network without the part that names a household."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from portal.database import unit_of_work
from portal.extensions import db
from portal.login.devices import device_symbol, network_prefix
from portal.login.models import LoginSession
from tests.fixtures.client import PortalClient

LogIn = Callable[..., PortalClient]
NETWORKS = [
    ("84.113.20.7", "84.113.20.*"),
    ("2a02:8071:b783:1200::/64", "2a02:8071:b783:*"),
    ("unknown", ""),
    ("", ""),
]


@pytest.mark.parametrize(("network", "prefix"), NETWORKS)
def test_a_network_is_shown_by_its_beginning(network: str, prefix: str) -> None:
    assert network_prefix(network) == prefix


@pytest.mark.parametrize(
    ("label", "symbol"), [("Safari, iPhone", "phone"), ("Firefox, Windows", "laptop"), ("", "question-circle")]
)
def test_a_device_has_a_symbol(label: str, symbol: str) -> None:
    assert device_symbol(label) == symbol


def test_this_device_stands_first_and_no_whole_address_is_shown(login: LogIn) -> None:
    client = login("member")
    login("member")
    with unit_of_work():
        db.session.execute(update(LoginSession).values(network="84.113.20.7"))
    page = client.get("/me/sessions", headers={"Accept-Language": "en"}).text
    assert "84.113.20.*" in page and "84.113.20.7" not in page
    assert page.index("This device") < page.index('/end"')
