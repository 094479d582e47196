"""Organisations, roles and members from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from portal.audit.models import AuditEntry
from portal.cli.main import cli
from portal.database import unit_of_work
from portal.errors import Invalid, NotFound, PortalError
from portal.extensions import db
from portal.members.services.creating import create_person
from portal.organisations.services.queries import get_organisation
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network, address


def run(app: Flask, line: str, fails: bool = False) -> str:
    """What a command prints; its words are parted by blanks, a blank inside a word is written "_"."""
    words = [word.replace("_", " ") for word in line.split()]
    group = cli.commands[words[0]]
    done = app.test_cli_runner().invoke(group, words[1:], catch_exceptions=False)
    assert (done.exit_code != 0) == fails, done.output
    return done.output


def listed(app: Flask, line: str) -> list[dict[str, Any]]:
    return json.loads(run(app, f"{line} --json"))


def test_an_organisation_is_made_renamed_archived_and_restored(app: Flask) -> None:
    assert "is neuwerk" in run(app, "organisation create Neuwerk --land NI --kind association")
    run(app, "organisation rename neuwerk Neuwerk_Göttingen")
    run(app, "organisation update neuwerk --town Göttingen")
    run(app, "organisation archive neuwerk-goettingen")
    assert [one["town"] for one in listed(app, "organisation list --archived")] == ["Göttingen"]
    run(app, "organisation restore neuwerk")
    assert "neuwerk-goettingen" in {one["slug"] for one in listed(app, "organisation list")}


def test_people_are_added_handed_over_and_removed(app: Flask, network: Network) -> None:
    run(app, f"organisation add-member suedwerk {address('editor')} --role representative")
    run(app, f"organisation hand-over suedwerk {address('other')} {address('editor')}")
    run(app, f"organisation remove-member suedwerk {address('other')}")
    roles = {one["address"]: one["role"] for one in listed(app, "organisation members suedwerk")}
    assert roles[address("editor")] == "editor" and address("other") not in roles


def test_the_last_editor_stays_here_too(app: Flask, network: Network) -> None:
    with pytest.raises(Invalid):
        run(app, f"organisation remove-member suedwerk {address('other')}")


def test_two_organisations_are_merged_after_a_question(app: Flask) -> None:
    shown = app.test_cli_runner().invoke(cli.commands["organisation"], ["merge", "nordwerk", "suedwerk"], input="n\n")
    assert shown.exit_code == 1 and get_organisation("nordwerk").slug == "nordwerk"
    run(app, "organisation merge nordwerk suedwerk --yes")
    assert get_organisation("nordwerk").slug == "suedwerk"


def test_roles_are_made_granted_and_deleted(app: Flask) -> None:
    run(app, "role create Beirat")
    assert "events.edit" in run(app, "role grant beirat events.edit audit.read")
    run(app, "role withdraw Beirat audit.read")
    assert [one["grants"] for one in listed(app, "role list") if one["title"] == "Beirat"] == [["events.edit"]]
    run(app, "role delete Beirat --yes")
    assert "Beirat" not in run(app, "role list")


@pytest.mark.parametrize(
    ("question", "may"),
    [
        ("editorial@netz.example events.edit", True),
        ("member@netz.example events.edit", False),
        ("editor@netz.example initiatives.review --organisation nordwerk", True),
        ("editor@netz.example initiatives.review --organisation suedwerk", False),
    ],
)
def test_role_why_answers_by_its_exit_code(app: Flask, question: str, may: bool) -> None:
    assert run(app, f"role why {question}", fails=not may).startswith("yes" if may else "no")


def test_roles_of_a_member_are_given_and_taken(app: Flask, network: Network) -> None:
    assert "admin" in run(app, f"member roles {address('member')} --give admin --give Redaktion")
    assert run(app, f"member roles {address('member')} --take admin").strip() == "Mia Mitglied: editorial"
    with pytest.raises(Invalid):
        run(app, f"member roles {address('admin')} --take admin")


def test_a_locked_out_operator_gets_a_link(app: Flask, client: PortalClient) -> None:
    link = run(app, f"member password-link {address('admin')}").splitlines()[0]
    path = link.partition("8000")[2]
    data = {"password": "wolke-leiter-senf-trommel", "again": "wolke-leiter-senf-trommel"}
    assert client.post(path, data=data).status_code == 302
    data = {"email": address("admin"), "password": data["password"]}
    assert client.post("/login", data=data).status_code == 302 and data["password"] != PASSWORD


def test_who_is_disabled_gets_no_link(app: Flask) -> None:
    with pytest.raises(Invalid, match="no active account"):
        run(app, f"member password-link {address('disabled')}")


def test_a_duplicate_is_merged_by_number(app: Flask, network: Network) -> None:
    with unit_of_work():
        number = create_person(system(), "Mia M.").id
    run(app, f"member merge {number} {address('member')} --yes")
    assert str(number) not in {str(one["id"]) for one in listed(app, "member list")}


def test_a_member_is_shown_and_changed(app: Flask) -> None:
    run(app, f"member update {address('member')} --function Leitung")
    (shown,) = listed(app, f"member show {address('member')}")
    assert (shown["function"], shown["organisations"]) == ("Leitung", ["suedwerk (representative)"])


@pytest.mark.parametrize("line", ["organisation archive nix", "role delete nix --yes", "member show nix@netz.example"])
def test_what_is_unknown_is_named(app: Flask, line: str) -> None:
    with pytest.raises(NotFound, match="nix"):
        run(app, line)


def test_an_unknown_permission_is_named(app: Flask) -> None:
    with pytest.raises(PortalError, match=r"events\.edti"):
        run(app, "role grant editorial events.edti")


def test_the_audit_says_command_line(app: Flask) -> None:
    run(app, "organisation create Neuwerk")
    entry = db.session.query(AuditEntry).filter_by(action="organisation.created").one()
    assert (entry.actor_id, entry.actor_name) == (None, "command line")
