"""Roles that follow the provider's groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from portal.config import Settings
from portal.database import unit_of_work
from portal.extensions import db
from portal.members.services.roles import set_member_roles
from portal.permissions.actor import system
from portal.permissions.models import MemberRole, Role
from tests.portal.sign_on.walking import Walk, actions, found, link, reason
from tests.servers.oidc import Provider

Begin = Callable[..., Walk]


@pytest.fixture(autouse=True)
def mapped(app: object, provider: Provider, settings: Settings) -> None:
    """Two roles follow groups; a third one, and one that does not exist, are not the provider's."""
    settings.oidc_roles = "/portal/admins=admin; cn=redaktion,ou=groups=editorial; /other=gone"
    for who in ("member", "admin", "editorial"):
        link(who, provider, who)
    with unit_of_work():
        db.session.add(Role(name="beirat", title="Beirat"))


def held(who: str) -> set[str]:
    with unit_of_work():
        rows = select(Role.name).join(MemberRole, MemberRole.role_id == Role.id)
        return set(db.session.scalars(rows.where(MemberRole.member_id == found(who).id)))


def test_a_group_gives_its_role(walk: Begin, provider: Provider) -> None:
    visit = walk()
    visit.sign_on(provider.know("member", email="a@b.example", groups=["cn=redaktion,ou=groups", "/other"]))
    assert held("member") == {"editorial"}
    assert visit.client.get("/admin/").status_code == 200
    assert "member.roles_changed" in actions()


@pytest.mark.parametrize("claims", [{"groups": []}, {"groups": ["/else"]}, {"groups": ""}])
def test_without_the_group_the_role_is_withdrawn(walk: Begin, provider: Provider, claims: dict[str, Any]) -> None:
    visit = walk()
    visit.sign_on(provider.know("editorial", email="a@b.example", **claims))
    assert held("editorial") == set()
    assert visit.client.get("/admin/").status_code == 403


def test_other_roles_stay(walk: Begin, provider: Provider) -> None:
    with unit_of_work():
        set_member_roles(system(), found("editorial").id, {"beirat", "editorial"})
    walk().sign_on(provider.know("editorial", email="a@b.example", groups=[]))
    assert held("editorial") == {"beirat"}


@pytest.mark.parametrize("claims", [{}, {"groups": None}])
def test_where_nothing_is_said_of_groups_roles_stay(walk: Begin, provider: Provider, claims: dict[str, Any]) -> None:
    with capture_logs() as lines:
        walk().sign_on(provider.know("editorial", email="a@b.example", **claims))
    assert held("editorial") == {"editorial"}
    assert "sign_on_groups_absent" in [line["event"] for line in lines]


def test_the_last_admin_keeps_the_role(walk: Begin, provider: Provider) -> None:
    assert reason(walk().sign_on(provider.know("admin", email="a@b.example", groups=[]))) == ""
    assert held("admin") == {"admin"}


def test_groups_may_stand_deeper_or_only_be_asked_for(walk: Begin, provider: Provider, settings: Settings) -> None:
    settings.oidc_groups_claim = "realm_access.roles"
    provider.know("member", email="a@b.example", realm_access={"roles": ["/portal/admins"]})
    provider.forge = lambda header, claims: claims.pop("realm_access") and None
    walk().sign_on("member")
    assert held("member") == {"admin"} and "/userinfo" in provider.asked


def test_the_one_who_is_asked_about_is_the_one_of_the_token(walk: Begin, provider: Provider) -> None:
    provider.know("admin", email="a@b.example", groups=["/portal/admins"])
    provider.forge = lambda header, claims: claims.update(sub="member") or claims.pop("groups") and None
    visit = walk()
    visit.sign_on("admin")
    assert held("member") == set() and not visit.is_inside()


def test_without_a_mapping_nothing_is_changed(walk: Begin, provider: Provider, settings: Settings) -> None:
    settings.oidc_roles = ""
    walk().sign_on(provider.know("editorial", email="a@b.example", groups=["/portal/admins"]))
    assert held("editorial") == {"editorial"}
