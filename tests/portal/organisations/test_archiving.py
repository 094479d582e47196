"""Archived organisations: out of lists and choices, still readable, closed for changes, brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.events.services import queries as event_queries
from plugins.initiatives.services.profiles import create_profile
from portal.audit.models import AuditEntry
from portal.database import unit_of_work
from portal.errors import Archived, Conflict, Forbidden, Invalid
from portal.extensions import db
from portal.invitations.models import Invitation
from portal.invitations.services.inviting import Guest, create_invitation
from portal.organisations.services.archiving import archive_organisation, restore_organisation
from portal.organisations.services.creating import OrganisationData, update_organisation
from portal.organisations.services.memberships import delete_membership, set_membership
from portal.organisations.services.queries import get_organisation, list_own_organisations
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import make_profile

LogIn = Callable[..., PortalClient]
ENGLISH = {"Accept-Language": "en"}
NAME = "Nordwerk e. V."
# where an organisation is named or offered: for the office, and its own people
LISTS = (
    *("/", "/initiatives/", "/initiatives/map", "/login/request", "/admin/organisations"),
    *("/admin/members/new", "/admin/invitations/new", "/initiatives/new"),
)


@pytest.fixture
def archived(network: Network) -> int:
    """Nordwerk with a published profile, archived; its number."""
    make_profile("nordwerk")
    with unit_of_work():
        return archive_organisation(system(), "nordwerk", get_organisation("nordwerk").version).id


@pytest.mark.parametrize("page", LISTS)
def test_what_is_archived_is_in_no_list_and_no_choice(login: LogIn, archived: int, page: str) -> None:
    text = login("admin").get(page).text
    assert f">{NAME}<" not in text and f'value="{archived}"' not in text


@pytest.mark.parametrize("page", ["/members/", "/admin/members"])
def test_it_stays_beside_its_people_but_narrows_no_list(login: LogIn, archived: int, page: str) -> None:
    text = login("admin").get(page).text
    assert f">{NAME}<" in text and f'<option value="{archived}"' not in text


@pytest.mark.parametrize("page", ["/organisations/nordwerk", "/initiatives/nordwerk"])
@pytest.mark.parametrize("who", ["member", "editor", "admin"])
def test_its_pages_stay_readable_and_say_so(login: LogIn, archived: int, who: str, page: str) -> None:
    text = login(who).get(page, headers=ENGLISH).text
    assert NAME in text and "archived" in text and "/initiatives/nordwerk/edit" not in text


CHANGES = (
    ("editor", "GET", "/initiatives/nordwerk/edit"),
    ("editorial", "POST", "/initiatives/nordwerk/edit"),
    ("editor", "POST", "/initiatives/nordwerk/unpublish"),
    ("editor", "POST", "/initiatives/nordwerk/revisions/1/restore"),
    ("editor", "GET", "/organisations/nordwerk/invitations"),
    ("editorial", "POST", "/admin/organisations/nordwerk"),
)


@pytest.mark.parametrize(("who", "method", "path"), CHANGES)
def test_changes_meet_a_clear_page(login: LogIn, archived: int, who: str, method: str, path: str) -> None:
    answer = login(who).open(path, method=method, data={"name": "Neu"}, headers=ENGLISH)
    assert answer.status_code == 403
    assert "This is archived" in answer.text and "it can be read, but not changed" in answer.text


def test_services_refuse_changes(network: Network, archived: int) -> None:
    editor, member = network.member("editor").id, network.member("member").id
    guest = Guest("Neu", "neu@netz.example", archived)
    for change in (
        lambda: set_membership(system(), member, archived, "editor"),
        lambda: delete_membership(system(), editor, archived),
        lambda: update_organisation(system(), "nordwerk", OrganisationData("Neu"), 2),
        lambda: create_invitation(system(), guest, "", "de"),
        lambda: create_profile(system(), archived),
    ):
        with pytest.raises(Archived), unit_of_work():
            change()


def test_its_people_keep_their_accounts_and_see_other_organisations(network: Network, archived: int) -> None:
    editor = network.actor("editor")
    assert editor.edits_organisation(archived) and list_own_organisations(editor) == []


def test_invitations_into_it_become_void(network: Network) -> None:
    with unit_of_work():
        place = network.organisation("nordwerk").id
        create_invitation(network.actor("editor"), Guest("Neu", "neu@netz.example", place), "", "de")
        archive_organisation(system(), "nordwerk", 1)
    assert db.session.query(Invitation).one().withdrawn_at is not None


def test_a_form_keeps_the_archived_organisation_that_it_has(archived: int) -> None:
    assert archived not in dict(event_queries.list_organisations())
    assert archived in dict(event_queries.list_organisations(archived))


def test_it_comes_back_as_it_was(login: LogIn, archived: int) -> None:
    with unit_of_work():
        restore_organisation(system(), "nordwerk", get_organisation("nordwerk").version)
    assert "/initiatives/nordwerk" in login("member").get("/initiatives/").text
    assert login("editor").get("/initiatives/nordwerk/edit").status_code == 200


@pytest.mark.parametrize("change", [archive_organisation, restore_organisation])
def test_who_saw_an_older_version_changes_nothing(network: Network, change: Callable[..., object]) -> None:
    with pytest.raises(Conflict), unit_of_work():
        change(system(), "nordwerk", 7)


def test_twice_is_once(network: Network, archived: int) -> None:
    with pytest.raises(Invalid), unit_of_work():
        archive_organisation(system(), "nordwerk", get_organisation("nordwerk").version)
    with pytest.raises(Invalid), unit_of_work():
        restore_organisation(system(), "suedwerk", get_organisation("suedwerk").version)


def test_it_is_for_who_manages_organisations(network: Network) -> None:
    with pytest.raises(Forbidden), unit_of_work():
        archive_organisation(network.actor("editor"), "nordwerk", 1)


def test_the_pages_archive_and_restore(login: LogIn, network: Network) -> None:
    office, path = login("editorial"), "/admin/organisations/nordwerk"
    assert office.post(f"{path}/archive", data={"version": 1}).status_code == 302
    assert NAME in office.get("/admin/organisations?archived=1").text
    assert office.post(f"{path}/restore", data={"version": 2}).status_code == 302
    actions = [one.action for one in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert [one for one in actions if "archived" in one or "restored" in one] == [
        "organisation.archived",
        "organisation.restored",
    ]
