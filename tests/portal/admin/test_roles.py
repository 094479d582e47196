"""Roles and what they grant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from portal.admin.services.grants import create_role, delete_role, get_role, set_role_grants
from portal.database import unit_of_work
from portal.errors import Forbidden, Invalid
from portal.organisations.services.archiving import archive_organisation
from portal.permissions.actor import system
from portal.plugin_host.navigation import the_host
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network

LogIn = Callable[..., PortalClient]


def test_role_update_counts_at_once_for_everybody(login: LogIn) -> None:
    client = login("editorial")
    assert client.get("/admin/members").status_code == 200
    data = {"seen": ["members.list_all"], "permission": ["audit.read"]}
    login("admin").post("/admin/roles/editorial", data=data)
    assert client.get("/admin/members").status_code == 403
    assert client.get("/admin/audit").status_code == 200


def test_set_role_grants_leaves_what_was_not_offered(app: Flask) -> None:
    with unit_of_work():
        set_role_grants(system(), "editorial", set(), ["members.invite"])
        granted = {grant.permission for grant in get_role(system(), "editorial").grants}
    assert "members.invite" not in granted
    assert "members.create" in granted


def test_set_role_grants_refuses_what_one_does_not_have(network: Network) -> None:
    actor = network.actor("editorial")
    deputy = replace(actor, permissions=actor.permissions | {"members.roles"})
    with unit_of_work(), pytest.raises(Forbidden):
        set_role_grants(deputy, "editorial", {"plugins.manage"}, ["plugins.manage"])


def test_set_role_grants_leaves_administration_alone(app: Flask) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        set_role_grants(system(), "admin", set(), ["members.invite"])


def test_a_new_role_grants_what_is_chosen_and_vanishes_for_all(login: LogIn) -> None:
    admin, client = login("admin"), login("member")
    place = admin.post("/admin/roles", data={"title": "Beirat"}).headers["Location"]
    admin.post(place, data={"permission": ["audit.read"]})
    with unit_of_work():
        number = Network().member("member").id
    admin.post(f"/admin/members/{number}/roles", data={"roles": [place.rpartition("/")[2]]})
    assert client.get("/admin/audit").status_code == 200
    admin.post(f"{place}/delete")
    assert client.get("/admin/audit").status_code == 403


@pytest.mark.parametrize("title", ["", " ", "x" * 121, "redaktion"])
def test_create_role_refuses_a_title_that_is_wrong_or_taken(app: Flask, title: str) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        create_role(system(), title)


@pytest.mark.parametrize("name", ["admin", "editorial"])
def test_delete_role_keeps_what_the_portal_needs(app: Flask, name: str) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        delete_role(system(), name)


def test_delete_role_refuses_what_grants_more_than_one_may(network: Network) -> None:
    actor = network.actor("editorial")
    deputy = replace(actor, permissions=actor.permissions | {"members.roles"})
    with unit_of_work():
        role = create_role(system(), "Technik").name
        set_role_grants(system(), role, {"plugins.manage"}, ["plugins.manage"])
        with pytest.raises(Forbidden):
            delete_role(deputy, role)


def test_a_role_of_the_same_title_has_another_name(app: Flask) -> None:
    with unit_of_work():
        first = create_role(system(), "Beirat").name
        delete_role(system(), first)
        assert create_role(system(), "Beirat").name != first


@pytest.mark.parametrize(
    ("member", "permission", "said"),
    [
        ("Emil Redaktion", "members.invite", "holds the role “Redaktion”, which grants it"),
        ("MEMBER@netz.example", "members.invite", "No role that Mia Mitglied holds grants it"),
        ("Dora Gesperrt", "members.invite", "the account is not active"),
        ("Niemand", "members.invite", "Nobody has exactly this address or name"),
    ],
)
def test_role_why_answers_in_sentences(login: LogIn, member: str, permission: str, said: str) -> None:
    query = {"member": member, "permission": permission}
    assert said in login("admin").get("/admin/roles/why", query_string=query, headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    ("who", "permission", "place", "said"),
    [
        ("editor", "initiatives.review", "nordwerk", "Yes, for Nordwerk e. V."),
        ("editor", "members.invite", "nordwerk", "is an editor of Nordwerk e. V., which is enough there"),
        ("editor", "initiatives.review", "suedwerk", "No, not for Südwerk Göttingen"),
        ("editor", "initiatives.review", "", "It may be different in an organisation"),
        ("editor", "events.edit", "nordwerk", "but that does not give this permission"),
        ("member", "initiatives.review", "suedwerk", "belongs to Südwerk Göttingen, but is no editor of it"),
        ("disabled", "initiatives.review", "nordwerk", "No, not for Nordwerk e. V."),
        ("admin", "initiatives.review", "nordwerk", "Yes, for Nordwerk e. V."),
        ("editor", "initiatives.review", "nordwerk", "what editors of Nordwerk e. V. read"),
    ],
)
def test_role_why_knows_organisations(login: LogIn, who: str, permission: str, place: str, said: str) -> None:
    with unit_of_work():
        number = Network().organisation(place).id if place else ""
    query = {"member": f"{who}@netz.example", "permission": permission, "organisation": number}
    assert said in login("admin").get("/admin/roles/why", query_string=query, headers={"Accept-Language": "en"}).text


def test_nobody_may_change_what_is_archived(login: LogIn) -> None:
    with unit_of_work():
        number = archive_organisation(system(), "nordwerk", 1).id
    query = {"member": "admin@netz.example", "permission": "initiatives.review", "organisation": number}
    text = login("admin").get("/admin/roles/why", query_string=query, headers={"Accept-Language": "en"}).text
    assert "No, not for Nordwerk" in text and "is archived" in text


def test_every_permission_is_explained_in_one_sentence(app: Flask) -> None:
    declared = the_host().permissions.all()
    assert [one.name for one in declared if not str(one.explanation).endswith(".")] == []


def test_role_list_says_what_is_granted_in_words(login: LogIn) -> None:
    assert "Invite people to log in" in login("admin").get("/admin/roles", headers={"Accept-Language": "en"}).text
