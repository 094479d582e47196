"""The directory and a person's page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from portal.database import unit_of_work
from portal.extensions import db
from portal.members.models import Member
from portal.members.naming import sort_name_of
from portal.organisations.models import Membership
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address

LogIn = Callable[..., PortalClient]


def add_people(count: int) -> None:
    """More people for the list, half of them belong to an organisation."""
    with unit_of_work():
        organisation = Network().organisation("nordwerk")
        people = [Member(name=f"Person {n:05d}", sort_name=sort_name_of(f"Person {n:05d}")) for n in range(count)]
        db.session.add_all(people)
        db.session.flush()
        for one in people[::2]:
            organisation.memberships.append(Membership(member_id=one.id))


def member_id(who: str) -> int:
    with unit_of_work():
        return Network().member(who).id


@pytest.mark.parametrize("path", ["/members/", "/members/1", "/me", "/me/security", "/me/sessions"])
def test_pages_of_members_are_not_for_the_public(client: PortalClient, path: str) -> None:
    assert client.get(path).location.startswith("/login?next=")


def test_member_list_shows_people_with_their_organisation(login: LogIn) -> None:
    text = login("member").get("/members/").text
    assert "Ines Initiative" in text
    assert "Nordwerk e. V." in text


def test_member_list_leaves_out_the_disabled_and_all_addresses(login: LogIn) -> None:
    text = login("member").get("/members/").text
    assert "Dora Gesperrt" not in text
    assert "@netz.example" not in text


@pytest.mark.parametrize("words", ["Kollege", "kolleg", "CEM", "cem koll", "  cem  "])
def test_member_list_finds_a_name_by_its_parts(login: LogIn, words: str) -> None:
    text = login("member").get("/members/", query_string={"q": words}).text
    assert "Cem Kollege" in text
    assert "Otto Anders" not in text


@pytest.mark.parametrize("words", ["%", "_", "nobody of this name", "member@netz.example"])
def test_member_list_takes_words_as_they_are(login: LogIn, words: str) -> None:
    text = login("member").get("/members/", query_string={"q": words}).text
    assert "Otto Anders" not in text
    assert 'class="empty-state"' in text


def test_member_list_pages_through_everybody_once(login: LogIn) -> None:
    add_people(70)
    client, path, seen = login("member"), "/members/", []
    while path:
        text = client.get(path).text
        seen += re.findall(r'href="/members/(\d+)"', text)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        path = found.group(1).replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 77


@pytest.mark.parametrize("path", ["/members/", "/admin/members"])
def test_lists_cost_the_same_for_few_and_for_many(login: LogIn, statements: list[str], path: str) -> None:
    client, counts = login("admin"), []
    for _ in range(2):
        client.get(path)
        statements.clear()
        client.get(path)
        counts.append(len(statements))
        add_people(300)
    assert counts[0] == counts[1] <= 6


def test_member_show_hides_the_address_from_members(login: LogIn) -> None:
    path = f"/members/{member_id('editor')}"
    assert address("editor") not in login("member").get(path).text
    assert address("editor") in login("editorial").get(path).text
    assert address("editor") in login("editor").get(path).text


def test_member_show_costs_few_statements(login: LogIn, statements: list[str]) -> None:
    client, path = login("member"), f"/members/{member_id('editor')}"
    client.get(path)
    statements.clear()
    client.get(path)
    assert len(statements) <= 6


def test_member_show_does_not_know_the_disabled(login: LogIn) -> None:
    path = f"/members/{member_id('disabled')}"
    assert login("member").get(path).status_code == 404
    assert login("admin").get(path).status_code == 200


@pytest.mark.parametrize("words", ["projektl", "nordw", "öhlmann", "oehlmann", "ohlmann", "Müller-Oehl", "muller", "o"])
def test_member_list_finds_function_organisation_and_umlauts(login: LogIn, words: str) -> None:
    with unit_of_work():
        one = Network().member("editor")
        one.name, one.function, one.sort_name = "Ines Müller-Öhlmann", "Projektleitung", "ohlmann, ines"
    text = login("member").get("/members/", query_string={"q": words}).text
    assert "Müller-Öhlmann" in text
    assert "Otto Anders" not in text


@pytest.mark.parametrize(("query", "found"), [("land=SH", True), ("land=NI", False), ("organisation=1", True)])
def test_member_list_is_narrowed(login: LogIn, query: str, found: bool) -> None:
    text = login("member").get(f"/members/?{query}").text
    assert ("Ines Initiative" in text, "Otto Anders" in text) == (found, not found)


def test_a_card_escapes_what_people_write(login: LogIn) -> None:
    with unit_of_work():
        one = Network().member("editor")
        one.name, one.function = "Ines, die; Öhl", "A\\B"
        number = one.id
    answer = login("member").get(f"/members/{number}.vcf")
    assert "FN:Ines\\, die\\; Öhl" in answer.text and "TITLE:A\\\\B" in answer.text
    assert answer.headers["Content-Disposition"].startswith("attachment")
