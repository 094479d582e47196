"""New people."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.database import unit_of_work
from portal.errors import Forbidden, Invalid
from portal.members.services.creating import create_person
from portal.permissions.actor import system
from tests.fixtures.people import Network, address


def test_create_person_cleans_what_it_gets(app: Flask) -> None:
    with unit_of_work():
        person = create_person(system(), "  Dr.  Öznur   Çelik ", " Oe@Netz.Example ")
        assert (person.name, person.sort_name, person.email) == ("Dr. Öznur Çelik", "celik, oznur", "oe@netz.example")


def test_create_person_needs_no_address(app: Flask) -> None:
    with unit_of_work():
        assert create_person(system(), "Ohne Konto", " ").email is None


@pytest.mark.parametrize("email", ["kein at", "a@b", "a@b@c.example", "a\n@b.example", "@b.example"])
def test_create_person_refuses_what_is_no_address(app: Flask, email: str) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        create_person(system(), "Jemand", email)


def test_create_person_refuses_a_taken_address(app: Flask) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        create_person(system(), "Jemand", address("member").upper())


def test_create_person_needs_the_permission(network: Network) -> None:
    actor = network.actor("member")
    with unit_of_work(), pytest.raises(Forbidden):
        create_person(actor, "Jemand")
