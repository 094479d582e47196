"""A form for something new that is sent twice makes one thing, and says where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.database import unit_of_work
from portal.extensions import db
from portal.members.models import Member
from portal.members.services import creating as people
from portal.organisations.models import Organisation
from portal.organisations.services import creating as organisations
from tests.fixtures.client import PortalClient
from tests.fixtures.people import address

LogIn = Callable[..., PortalClient]
ENGLISH = {"Accept-Language": "en"}
PERSON = {"name": "Neue Kollegin", "email": "", "function": "Referat", "organisation": "0", "membership": "editor"}
ORGANISATION = {"name": "Neuwerk", "short_name": "NW", "kind": "initiative", "land": "", "town": ""}


def count(model: type[Any], name: str) -> int:
    with unit_of_work():
        return db.session.scalar(select(func.count()).select_from(model).where(model.name == name)) or 0


@pytest.mark.parametrize(
    ("path", "data", "model", "said"),
    [
        ("/admin/members/new", PERSON, Member, "Somebody of this name"),
        ("/admin/members/new", {**PERSON, "email": "neu@netz.example"}, Member, "Somebody of this name"),
        ("/admin/organisations/new", ORGANISATION, Organisation, "An organisation of this name"),
    ],
)
def test_a_new_form_sent_twice_makes_one_thing(
    login: LogIn, path: str, data: dict[str, str], model: type[Any], said: str
) -> None:
    client = login("editorial")
    assert client.post(path, data=data).status_code == 302
    answer = client.post(path, data=data, headers=ENGLISH)
    assert (answer.status_code, count(model, data["name"])) == (422, 1)
    assert said in answer.text and f'value="{data["name"]}"' in answer.text
    assert f"Open “{data['name']}”" in answer.text


def test_member_create_makes_a_namesake_if_that_is_meant(login: LogIn) -> None:
    for more in ({}, {"namesake": "y"}):
        assert login("editorial").post("/admin/members/new", data={**PERSON, **more}).status_code == 302
    assert count(Member, PERSON["name"]) == 2


def test_member_create_says_who_has_the_address(login: LogIn) -> None:
    data = {**PERSON, "email": address("member")}
    answer = login("editorial").post("/admin/members/new", data=data, headers=ENGLISH)
    assert answer.status_code == 422
    assert "Open “Mia Mitglied”" in answer.text


def blind_once(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Let a check see nothing the first time, as while another request has not committed yet."""
    check, calls = getattr(module, name), []
    monkeypatch.setattr(module, name, lambda *a, **b: check(*a, **b) if calls else calls.append(1))


def test_an_organisation_made_at_the_same_moment_is_named(login: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = login("editorial")
    client.post("/admin/organisations/new", data=ORGANISATION)
    blind_once(monkeypatch, organisations, "check_name_is_free")
    monkeypatch.setattr(organisations, "free_slug", lambda name: "neuwerk")
    answer = client.post("/admin/organisations/new", data=ORGANISATION, headers=ENGLISH)
    assert answer.status_code == 422 and "Open “Neuwerk”" in answer.text


def test_an_address_taken_at_the_same_moment_is_named(login: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    blind_once(monkeypatch, people, "check_address_is_free")
    data = {**PERSON, "email": address("member")}
    answer = login("editorial").post("/admin/members/new", data=data, headers=ENGLISH)
    assert answer.status_code == 422 and "Open “Mia Mitglied”" in answer.text


def test_organisation_update_refuses_anothers_name(login: LogIn) -> None:
    data = {**ORGANISATION, "name": "Nordwerk  E. V.", "version": "1"}
    answer = login("editorial").post("/admin/organisations/suedwerk", data=data, headers=ENGLISH)
    assert answer.status_code == 422 and "Open “Nordwerk e. V.”" in answer.text
