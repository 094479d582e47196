"""One person who is in the portal twice becomes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from plugins.events.models import Participation
from plugins.events.services import events
from plugins.events.services.participations import create_participation
from portal.audit.models import AuditEntry
from portal.database import unit_of_work
from portal.errors import Conflict, Forbidden, Invalid
from portal.extensions import db
from portal.members.models import Member
from portal.members.services import merging
from portal.members.services.creating import create_person
from portal.organisations.models import Membership
from portal.organisations.services.memberships import set_membership
from portal.permissions.actor import Actor, system
from portal.permissions.models import MemberRole, Role
from portal.plugin_host.host import EXTENSION, PluginHost
from portal.plugin_host.loading import LoadedPlugin
from portal.plugin_host.models import PluginState
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network

SYSTEM = system()
VALUES = {"starts_at": datetime(2025, 9, 18, 8, tzinfo=UTC), "audience_choice": "public"}


@pytest.fixture
def twice(network: Network) -> int:
    """A person without account who is Mia: at two events, one of them with Mia; editor of Nordwerk."""
    with unit_of_work():
        number = create_person(SYSTEM, "Maria Mitglied", "maria@netz.example", "Leitung").id
        set_membership(SYSTEM, number, network.organisation("nordwerk").id, "editor")
        for title in ("Erstes", "Zweites"):
            event = events.create_event(SYSTEM, {**VALUES, "title": title})
            create_participation(SYSTEM, event.id, {"person": "maria@netz.example", "role": "speaker"})
        create_participation(SYSTEM, event.id, {"person": "member@netz.example", "role": "participant"})
    return number


def participations() -> list[tuple[int, str]]:
    rows = select(Participation.member_id, Participation.role).order_by(Participation.event_id)
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def test_everything_follows(network: Network, twice: int) -> None:
    mia = network.member("member").id
    with unit_of_work():
        merging.merge_people(SYSTEM, mia, twice)
    assert participations() == [(mia, "speaker"), (mia, "participant")]
    assert db.session.get_one(Membership, (mia, network.organisation("nordwerk").id)).role == "editor"
    assert db.session.get(Member, twice) is None


def test_what_only_the_other_has_is_kept(network: Network, twice: int) -> None:
    with unit_of_work():
        merging.merge_people(SYSTEM, network.member("member").id, twice)
    mia = network.member("member")
    assert (mia.email, mia.function) == ("member@netz.example", "Leitung")


def test_a_preview_changes_nothing(network: Network, twice: int) -> None:
    before = participations()
    with unit_of_work():
        assert merging.preview_merge(SYSTEM, network.member("member").id, twice)
    assert participations() == before and db.session.get(Member, twice) is not None


def test_it_is_audited(network: Network, twice: int) -> None:
    with unit_of_work():
        merging.merge_people(SYSTEM, network.member("member").id, twice)
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "member.merged")).one()


@pytest.mark.parametrize("who", ["other", "disabled"])
def test_an_account_is_never_merged_away(network: Network, who: str) -> None:
    with pytest.raises(Invalid), unit_of_work():
        merging.merge_people(SYSTEM, network.member("member").id, network.member(who).id)


def test_a_disabled_member_takes_nothing_over(network: Network, twice: int) -> None:
    with pytest.raises(Invalid), unit_of_work():
        merging.merge_people(SYSTEM, network.member("disabled").id, twice)


def test_the_office_can_not_merge(network: Network, twice: int) -> None:
    office = network.actor("editorial")
    with pytest.raises(Forbidden), unit_of_work():
        merging.merge_people(office, network.member("member").id, twice)


def test_a_plugin_that_is_off_stops_it(network: Network, twice: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PluginHost, "is_effective", lambda self, plugin: False)
    with pytest.raises(Conflict), unit_of_work():
        merging.merge_people(SYSTEM, network.member("member").id, twice)
    assert len(participations()) == 3


def test_the_page_leads_to_the_merge(login: Callable[..., PortalClient], network: Network, twice: int) -> None:
    admin, mia = login("admin"), network.member("member").id
    path = f"/admin/members/{twice}/merge"
    assert "Mia Mitglied" in admin.get(path).text
    assert admin.post(path, data={"kept": mia}).status_code == 200
    assert db.session.get(Member, twice) is not None
    assert admin.post(f"{path}/confirmed", data={"kept": mia}).location == f"/admin/members/{mia}"


def merger(network: Network, *more: str) -> Actor:
    """Paul, who may merge, and ``more``."""
    return replace(network.actor("participant"), permissions=frozenset({"members.merge", *more}))


def test_who_does_not_manage_organisations_moves_no_membership(network: Network, twice: int) -> None:
    with pytest.raises(Forbidden), unit_of_work():
        merging.merge_people(merger(network), network.member("member").id, twice)
    place = network.organisation("nordwerk").id
    assert db.session.get(Membership, (network.member("member").id, place)) is None


def test_each_membership_that_moves_is_audited(network: Network, twice: int) -> None:
    mia = network.member("member").id
    with unit_of_work():
        merging.merge_people(merger(network, "organisations.manage"), mia, twice)
    entries = select(AuditEntry.details).where(AuditEntry.action == "membership.set", AuditEntry.subject_id == str(mia))
    assert [one["role"] for one in db.session.scalars(entries)] == ["editor"]


def test_nobody_takes_over_something_themselves(network: Network, twice: int) -> None:
    with pytest.raises(Invalid), unit_of_work():
        merging.merge_people(network.actor("admin"), network.member("admin").id, twice)


def test_who_holds_a_role_is_merged_by_who_holds_it_too(network: Network, twice: int) -> None:
    with unit_of_work():
        role = db.session.scalars(select(Role.id).where(Role.name == "editorial")).one()
        db.session.add(MemberRole(member_id=twice, role_id=role))
    for kept in ("member", "admin"):
        with pytest.raises(Forbidden), unit_of_work():
            merging.merge_people(merger(network, "organisations.manage"), network.member(kept).id, twice)


@pytest.mark.parametrize("how", ["failed", "uninstalled"])
def test_a_plugin_with_tables_that_is_not_loaded_stops_it(
    app: Flask, network: Network, twice: int, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    with unit_of_work():
        db.session.add(PluginState(id="gone", state="enabled", tables=["gone_row"]))
        if how == "failed":
            monkeypatch.setitem(app.extensions[EXTENSION].plugins, "gone", LoadedPlugin("gone", error="ImportError"))
    with pytest.raises(Conflict) as refused, unit_of_work():
        merging.merge_people(SYSTEM, network.member("member").id, twice)
    assert refused.value.details["plugin"] == "gone"


def test_a_number_is_never_given_twice(network: Network, twice: int) -> None:
    with unit_of_work():
        merging.merge_people(SYSTEM, network.member("member").id, twice)
        assert create_person(SYSTEM, "Neu").id > twice


def test_a_refused_merge_says_why(login: Callable[..., PortalClient], network: Network, twice: int) -> None:
    english = {"Accept-Language": "en"}
    for step in ("", "/confirmed"):
        path, data = f"/admin/members/{twice}/merge{step}", {"kept": network.member("admin").id}
        answer = login("admin").post(path, data=data, headers=english)
        assert (answer.status_code, "Somebody else has to" in answer.text) == (422, True)
