"""Two people edit the same: nobody's work is overwritten unseen, and nobody's words are lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from portal.admin.services.grants import get_role
from portal.database import unit_of_work
from portal.members.services.roles import list_held_roles
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address
from tests.portal.admin.test_members import id_of

LogIn = Callable[..., PortalClient]
NORDWERK = "/admin/organisations/nordwerk"
ORGANISATION = {"name": "Nordwerk e. V.", "short_name": "", "kind": "initiative", "land": "SH", "town": "Kiel"}


def version_of(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found is not None
    return found.group(1)


def form_of(kind: str) -> tuple[str, dict[str, Any]]:
    """Where the form is, and what it holds as nobody has changed it yet."""
    if kind == "organisation":
        return NORDWERK, {**ORGANISATION}
    name = "Mia Mitglied"
    if kind == "me":
        return "/me", {"name": name, "function": "", "locale": ""}
    return f"/admin/members/{id_of('member')}", {"name": name, "email": address("member"), "function": ""}


@pytest.fixture(params=["organisation", "member", "me"])
def overtaken(request: pytest.FixtureRequest, login: LogIn) -> tuple[PortalClient, str, dict[str, Any], Any]:
    """Somebody whose form was overtaken: their client, its address, what they typed, the answer."""
    path, data = form_of(request.param)
    mine = login("member" if request.param == "me" else "editorial")
    data["version"] = version_of(mine.get(path).text)
    other_path = form_of("member")[0] if request.param == "me" else path
    theirs = {**data, "name": "Von Anna gespeichert", "email": address("member")}
    assert login("admin").post(other_path, data=theirs).status_code == 302
    data["name"] = "Mein Vorschlag"
    return mine, path, data, mine.post(path, data=data, headers={"Accept-Language": "en"})


def test_an_overtaken_edit_shows_both_and_keeps_what_was_typed(overtaken: tuple[Any, ...]) -> None:
    answer = overtaken[-1]
    assert answer.status_code == 409
    assert 'value="Mein Vorschlag"' in answer.text
    assert "Anna Admin" in answer.text and "gespeichert" in answer.text


def test_an_overtaken_edit_overwrites_nothing(overtaken: tuple[Any, ...]) -> None:
    mine, path, *_ = overtaken
    assert "Von Anna gespeichert" in mine.get(path, follow_redirects=True).text


def test_an_overtaken_edit_can_be_sent_again(overtaken: tuple[Any, ...]) -> None:
    mine, path, data, answer = overtaken
    again = {**data, "version": version_of(answer.text)}
    assert mine.post(path, data=again).status_code == 302
    assert 'value="Mein Vorschlag"' in mine.get(path, follow_redirects=True).text


@pytest.mark.parametrize("version", [None, "", "0", "x", "9" * 30, "9" * 5000])
def test_an_edit_without_a_true_version_overwrites_nothing(login: LogIn, version: str | None) -> None:
    data = {**ORGANISATION, "name": "Fremd"} | ({} if version is None else {"version": version})
    assert login("admin").post(NORDWERK, data=data).status_code in (409, 422)
    with unit_of_work():
        assert Network().organisation("nordwerk").name == "Nordwerk e. V."


def test_an_overtaken_edit_says_choices_in_words(login: LogIn) -> None:
    admin, editorial = login("admin"), login("editorial")
    data = {**ORGANISATION, "version": version_of(editorial.get(NORDWERK).text)}
    admin.post(NORDWERK, data={**data, "land": "BY"})
    answer = editorial.post(NORDWERK, data={**data, "land": "BE"}, headers={"Accept-Language": "en"})
    assert re.search(r"<del>.*Bavaria</del>", answer.text) and re.search(r"<ins>.*Berlin</ins>", answer.text)


def test_two_admins_change_different_permissions_of_a_role(login: LogIn) -> None:
    path, admin = "/admin/roles/editorial", login("admin")
    seen = re.findall(r'name="seen" value="([^"]+)"', admin.get(path).text)
    admin.post(path, data={"seen": seen, "permission": [*seen, "audit.read"]})
    admin.post(path, data={"seen": seen, "permission": [one for one in seen if one != "members.invite"]})
    with unit_of_work():
        granted = {one.permission for one in get_role(system(), "editorial").grants}
    assert "audit.read" in granted and "members.invite" not in granted


def test_two_admins_change_different_roles_of_a_member(login: LogIn) -> None:
    path, admin = f"/admin/members/{id_of('editorial')}", login("admin")
    (seen,) = re.findall(r'name="seen"[^>]*value="([^"]*)"', admin.get(path).text)
    admin.post(f"{path}/roles", data={"seen": seen, "roles": ["editorial", "admin"]})
    admin.post(f"{path}/roles", data={"seen": seen, "roles": []})
    with unit_of_work():
        assert list_held_roles(system(), id_of("editorial")) == {"admin"}
