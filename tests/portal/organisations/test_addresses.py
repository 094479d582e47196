"""An organisation that is renamed moves; its old addresses lead to it and belong to nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.database import unit_of_work
from portal.extensions import db
from portal.organisations.services.creating import OrganisationData, create_organisation, update_organisation
from portal.organisations.services.queries import get_organisation
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient

LogIn = Callable[..., PortalClient]


def rename(slug: str, name: str) -> str:
    with unit_of_work():
        version = get_organisation(slug).version
        return update_organisation(system(), slug, OrganisationData(name), version).slug


def create(name: str) -> str:
    with unit_of_work():
        return create_organisation(system(), OrganisationData(name)).slug


@pytest.mark.parametrize("page", ["", "/members", "/invitations"])
def test_old_addresses_lead_to_the_present_one(app: Flask, login: LogIn, page: str) -> None:
    assert rename("nordwerk", "Nordwerk Kiel") == "nordwerk-kiel"
    rename("nordwerk-kiel", "Kieler Werft")
    for old in ("nordwerk", "nordwerk-kiel"):
        answer = login("editor").get(f"/organisations/{old}{page}")
        assert (answer.status_code, answer.location) == (301, f"/organisations/kieler-werft{page}")
        assert "no-store" in answer.headers["Cache-Control"]  # so that a name that comes back is no circle


def test_who_may_not_see_a_page_learns_no_new_address(app: Flask, login: LogIn) -> None:
    rename("nordwerk", "Nordwerk Kiel")
    for page in ("members", "invitations"):
        answer = login("member").get(f"/organisations/nordwerk/{page}")
        assert (answer.status_code, "nordwerk-kiel" in answer.text) == (403, False)


def test_an_old_address_is_given_to_nobody_else(app: Flask) -> None:
    rename("nordwerk", "Ganz anders")
    assert create("Nordwerk") == "nordwerk-2"


def test_a_name_that_comes_back_takes_its_address_back(app: Flask, login: LogIn) -> None:
    assert [rename("nordwerk", "Ganz anders"), rename("nordwerk", "Nordwerk")] == ["ganz-anders", "nordwerk"]
    assert login("member").get("/organisations/nordwerk").status_code == 200
    assert login("member").get("/organisations/ganz-anders").location == "/organisations/nordwerk"


def test_other_details_leave_the_address(app: Flask) -> None:
    with unit_of_work():
        changed = update_organisation(system(), "nordwerk", OrganisationData("Nordwerk e. V.", town="Plön"), 1)
        assert (changed.slug, changed.town) == ("nordwerk", "Plön")


def test_an_address_never_hides_a_page_of_the_portal(app: Flask) -> None:
    assert create("New") == "new-2"


def test_a_form_that_was_open_while_renaming_is_not_lost(app: Flask, login: LogIn) -> None:
    rename("nordwerk", "Nordwerk Kiel")
    data = {"name": "Von mir", "kind": "initiative", "land": "", "town": "", "version": "1"}
    answer = login("admin").post("/admin/organisations/nordwerk", data=data)
    assert (answer.status_code, 'value="Von mir"' in answer.text) == (409, True)


def test_a_number_is_never_given_twice(app: Flask) -> None:
    with unit_of_work():
        last = create_organisation(system(), OrganisationData("Letzte"))
        number = last.id
        db.session.delete(last)
        db.session.flush()
        assert create_organisation(system(), OrganisationData("Neue")).id > number
