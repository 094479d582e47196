"""Administering people through the pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.database import unit_of_work
from portal.extensions import db
from portal.mail.models import OutgoingMail
from portal.members.models import Member
from portal.members.services.roles import list_held_roles
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address
from tests.portal.login.conftest import is_inside

LogIn = Callable[..., PortalClient]

PAGES = (
    *("/admin/", "/admin/members", "/admin/members/new", "/admin/members/1", "/admin/organisations", "/admin/roles"),
    *("/admin/roles/editorial", "/admin/plugins", "/admin/plugins/search", "/admin/audit", "/admin/system"),
)


def find_member(email: str) -> Member | None:
    with unit_of_work():
        return db.session.scalar(select(Member).where(Member.email == email))


def id_of(who: str) -> int:
    with unit_of_work():
        return Network().member(who).id


@pytest.mark.parametrize("path", PAGES)
def test_administration_is_for_admins(client: PortalClient, login: LogIn, path: str) -> None:
    assert login("admin").get(path).status_code == 200
    assert login("member").get(path).status_code == 403
    assert client.get(path).status_code == 302


@pytest.mark.parametrize("path", ["/admin/roles", "/admin/plugins", "/admin/audit", "/admin/system"])
def test_the_editorial_office_administers_people_only(login: LogIn, path: str) -> None:
    client = login("editorial")
    assert client.get("/admin/members").status_code == 200
    assert client.get(path).status_code == 403


def test_member_list_filters_by_state(login: LogIn) -> None:
    text = login("admin").get("/admin/members?state=disabled").text
    assert "Dora Gesperrt" in text
    assert "Mia Mitglied" not in text


def test_member_list_finds_an_address(login: LogIn) -> None:
    assert "Otto Anders" in login("admin").get("/admin/members?q=other@netz").text


def test_member_create_invites_by_mail(login: LogIn) -> None:
    data = {
        "name": "Neue Kollegin",
        "email": "neu@netz.example",
        "organisation": "0",
        "membership": "editor",
        "invite": "y",
    }
    assert login("editorial").post("/admin/members/new", data=data).status_code == 302
    person = find_member("neu@netz.example")
    assert person is not None
    assert person.state == "invited"
    with unit_of_work():
        assert db.session.scalars(select(OutgoingMail.recipient)).all() == ["neu@netz.example"]


def test_member_create_keeps_nothing_when_refused(login: LogIn) -> None:
    data = {"name": "Ohne Adresse", "email": "", "organisation": "0", "membership": "editor", "invite": "y"}
    answer = login("admin").post("/admin/members/new", data=data)
    assert answer.status_code == 422
    assert "Ohne Adresse" in answer.text
    with unit_of_work():
        assert not db.session.scalars(select(Member.id).where(Member.name == "Ohne Adresse")).all()


def test_member_disable_logs_out_at_once(login: LogIn) -> None:
    client = login("member")
    assert is_inside(client)
    login("admin").post(f"/admin/members/{id_of('member')}/disable")
    assert not is_inside(client)


def test_member_disable_refuses_oneself(login: LogIn) -> None:
    client = login("admin")
    client.post(f"/admin/members/{id_of('admin')}/disable")
    assert is_inside(client)


def test_member_roles_update_counts_at_once(login: LogIn) -> None:
    client = login("member")
    assert client.get("/admin/members").status_code == 403
    login("admin").post(f"/admin/members/{id_of('member')}/roles", data={"roles": ["editorial"]})
    assert client.get("/admin/members").status_code == 200


def test_member_roles_update_keeps_the_last_admin(login: LogIn) -> None:
    answer = login("admin").post(f"/admin/members/{id_of('admin')}/roles", data={"seen": "admin", "roles": []})
    assert answer.status_code == 422
    with unit_of_work():
        assert list_held_roles(system(), id_of("admin")) == {"admin"}


def test_member_update_refuses_what_overtook(login: LogIn) -> None:
    client, path = login("admin"), f"/admin/members/{id_of('member')}"
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(path).text)
    assert version is not None
    data = {"name": "Mia Eins", "email": address("member"), "function": "", "version": version.group(1)}
    assert client.post(path, data=data).status_code == 302
    assert client.post(path, data={**data, "name": "Mia Zwei"}).status_code == 409


def test_membership_set_makes_an_editor_at_once(login: LogIn) -> None:
    with unit_of_work():
        organisation = Network().organisation("nordwerk").id
    data = {"organisation": str(organisation), "role": "editor"}
    login("editorial").post(f"/admin/members/{id_of('member')}/memberships", data=data)
    assert "/organisations/nordwerk" in login("member").get("/").text


@pytest.mark.parametrize("action", ["disable", "enable", "roles", "invite", "memberships"])
def test_what_changes_members_is_not_for_members(login: LogIn, action: str) -> None:
    assert login("member").post(f"/admin/members/{id_of('other')}/{action}").status_code == 403
