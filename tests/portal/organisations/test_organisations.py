"""Organisations and who belongs to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.database import unit_of_work
from portal.errors import Forbidden, Invalid, NotFound
from portal.organisations.services.creating import OrganisationData, create_organisation
from portal.organisations.services.memberships import delete_membership, set_membership
from portal.organisations.services.queries import list_people
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network

LogIn = Callable[..., PortalClient]


def test_organisation_show_names_people_to_members_only(client: PortalClient, login: LogIn) -> None:
    assert "Ines Initiative" in login("member").get("/organisations/nordwerk").text
    public = client.get("/organisations/nordwerk").text
    assert "Nordwerk e. V." in public
    assert "Ines Initiative" not in public


def test_organisation_show_leaves_out_the_disabled(login: LogIn) -> None:
    assert "Dora Gesperrt" not in login("member").get("/organisations/nordwerk").text


def test_organisation_show_does_not_know_others(client: PortalClient) -> None:
    assert client.get("/organisations/nirgendwo").status_code == 404


def test_create_organisation_makes_an_address_from_the_name(app: Flask) -> None:
    with unit_of_work():
        first = create_organisation(system(), OrganisationData("Größte Übung GmbH"))
        second = create_organisation(system(), OrganisationData("Groesste Uebung GmbH"))
        assert (first.slug, second.slug) == ("groesste-uebung-gmbh", "groesste-uebung-gmbh-2")


@pytest.mark.parametrize("data", [{"name": " "}, {"name": "A", "kind": "circus"}, {"name": "A", "land": "XX"}])
def test_create_organisation_refuses_what_is_wrong(app: Flask, data: dict[str, str]) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        create_organisation(system(), OrganisationData(**data))


def test_set_membership_adds_and_changes(network: Network) -> None:
    with unit_of_work():
        member, organisation = network.member("member").id, network.organisation("nordwerk").id
        set_membership(system(), member, organisation, "representative")
        assert set_membership(system(), member, organisation, "editor").role == "editor"


def test_delete_membership_ends_it(network: Network) -> None:
    with unit_of_work():
        member, organisation = network.member("editor").id, network.organisation("nordwerk").id
        delete_membership(system(), member, organisation)
        with pytest.raises(NotFound):
            delete_membership(system(), member, organisation)
        assert member not in {one.member_id for one in list_people(network.actor("member"), organisation)}


@pytest.mark.parametrize("how", ["leave", "demote"])
def test_the_last_editor_stays(network: Network, how: str) -> None:
    place, last = network.organisation("suedwerk").id, network.member("other").id
    with unit_of_work(), pytest.raises(Invalid):
        if how == "leave":
            delete_membership(system(), last, place)
        else:
            set_membership(system(), last, place, "representative")
    with unit_of_work():
        set_membership(system(), network.member("member").id, place, "editor")
        delete_membership(system(), last, place)
        assert last not in {one.member_id for one in list_people(network.actor("member"), place)}


def test_memberships_are_not_for_plain_members(network: Network) -> None:
    actor = network.actor("member")
    with unit_of_work(), pytest.raises(Forbidden):
        set_membership(actor, network.member("member").id, network.organisation("nordwerk").id, "editor")
