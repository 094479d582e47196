"""Roles and what they grant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from portal.admin.services.grants import get_role, set_role_grants
from portal.database import unit_of_work
from portal.errors import Forbidden, Invalid
from portal.permissions.actor import system
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


def test_role_list_says_what_is_granted_in_words(login: LogIn) -> None:
    assert "Invite people to log in" in login("admin").get("/admin/roles", headers={"Accept-Language": "en"}).text
