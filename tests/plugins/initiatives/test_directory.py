from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from plugins.initiatives.models import Profile
from plugins.initiatives.services import queries
from plugins.initiatives.services.queries import Filters
from portal.sdk.access import anonymous
from portal.sdk.database import session
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import make_many, make_profile

Login = Callable[[str], PortalClient]


@pytest.fixture
def two(network: Network) -> None:
    """Two published profiles: Nordwerk in Schleswig-Holstein and Hamburg, Südwerk in Lower Saxony."""
    make_profile("nordwerk", laender=["SH", "HH"])
    make_profile("suedwerk", town="Göttingen", laender=["NI"])


def slugs(**filters: str) -> list[str]:
    page = queries.list_profiles(anonymous(), Filters.of(**filters))
    return [profile.organisation.slug for profile in page.items]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["nordwerk", "suedwerk"]),
        ({"land": "hh"}, ["nordwerk"]),
        ({"land": "BY"}, []),
        ({"land": "??"}, ["nordwerk", "suedwerk"]),
        ({"q": "SÜDWERK"}, ["suedwerk"]),
        ({"q": "werk göttingen"}, ["suedwerk"]),
        ({"q": "%"}, []),
        ({"q": "süd\0"}, ["suedwerk"]),
        ({"kind": "office"}, []),
        ({"q": "werk", "land": "SH", "kind": "initiative"}, ["nordwerk"]),
    ],
)
def test_list_profiles_filters(two: None, filters: dict[str, str], found: list[str]) -> None:
    assert slugs(**filters) == found


@pytest.mark.parametrize("filters", [{}, {"land": "HH"}, {"q": "süd"}, {"kind": "office"}])
def test_list_pins_is_in_step_with_the_list(two: None, filters: dict[str, str]) -> None:
    pins = queries.list_pins(anonymous(), Filters.of(**filters))
    assert [pin.slug for pin in pins] == slugs(**filters)


def test_count_by_land_counts_where_initiatives_work(two: None) -> None:
    assert queries.count_by_land(anonymous(), Filters()) == {"HH": 1, "NI": 1, "SH": 1}
    assert queries.count_by_land(anonymous(), Filters.of(land="SH", q="süd")) == {"NI": 1}


def test_list_profiles_pages_through_all_once(network: Network) -> None:
    make_many(60)
    seen: list[str] = []
    key: str | None = ""
    while key is not None:
        page = queries.list_profiles(anonymous(), Filters(), key)
        seen += [profile.organisation.slug for profile in page.items]
        key = page.next_key
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("after", ["~", "x~y", "~~1", "~" + "9" * 40, "name~²", "a\0b~1"])
def test_list_profiles_survives_a_broken_key(two: None, after: str) -> None:
    assert len(queries.list_profiles(anonymous(), Filters(), after).items) <= 2


def test_directory_map_has_an_equal_list_beside_it(two: None, client: PortalClient) -> None:
    html = client.get("/initiatives/map", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert html.count('href="/initiatives/nordwerk"') == 2
    assert html.count('<use class="map-region') == 16
    assert "Lower Saxony: 1" in html and "CC BY 4.0" in html


def test_directory_map_keeps_the_other_filters_in_its_links(two: None, client: PortalClient) -> None:
    html = client.get("/initiatives/map?q=werk&kind=initiative").get_data(as_text=True)
    [address] = re.findall(r'href="([^"]+)" data-map-key="BY"', html)
    assert {"q=werk", "kind=initiative", "land=BY"} == set(address.split("?")[1].split("&amp;"))


ADDRESSES = ("/initiatives/", "/initiatives/map", "/initiatives/?land=NI", "/initiatives/nordwerk")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", ["member", "editor"])
def test_pages_cost_the_same_for_few_and_many(
    nordwerk: Profile, login: Login, statements: list[str], address: str, who: str
) -> None:
    browser = login(who)
    make_many(3)
    few = count(browser, address, statements)
    make_many(300, first=3)
    assert count(browser, address, statements) == few <= 6


def count(browser: PortalClient, address: str, statements: list[str]) -> int:
    """The statements of a page, without the look at the plugins' generation, which each worker takes once a second."""
    browser.get(address)
    session.remove()
    statements.clear()
    assert browser.get(address).status_code == 200
    return len([one for one in statements if one.startswith("SELECT")])
