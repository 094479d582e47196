"""Looking for members, doing one thing to many, and seeing where they are logged in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.admin.services.bulk import apply_bulk, preview_bulk
from portal.admin.services.people import PAGE_SIZE, PeopleFilter, list_people
from portal.audit.models import AuditEntry
from portal.database import unit_of_work, utcnow
from portal.errors import Invalid
from portal.extensions import db
from portal.login.models import LoginSession
from portal.members.models import Member
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.portal.login.conftest import is_inside

LogIn = Callable[..., PortalClient]


def names(**wanted: object) -> list[str]:
    return [one.name for one in list_people(system(), PeopleFilter(**wanted)).items]  # type: ignore[arg-type]


def ids_of(*who: str) -> list[int]:
    with unit_of_work():
        return [Network().member(one).id for one in who]


def states() -> dict[str, str]:
    return {one.name: one.state for one in db.session.scalars(select(Member).execution_options(populate_existing=True))}


@pytest.mark.parametrize("words", ["mia", "mitgl", "member@netz", "MIA mit"])
def test_members_are_found_by_the_beginning_of_a_word(network: Network, words: str) -> None:
    assert names(words=words) == ["Mia Mitglied"]


def test_members_are_found_by_organisation_role_and_state(network: Network) -> None:
    assert names(role="admin") == ["Anna Admin"]
    assert names(state="disabled") == ["Dora Gesperrt"]
    assert set(names(words="südwerk")) == {"Otto Anders", "Mia Mitglied", "Paul Teilnehmer"}
    assert set(names(organisation_id=network.organisation("suedwerk").id)) == set(names(words="südwerk"))


def test_never_logged_in_leaves_out_who_was(network: Network) -> None:
    with unit_of_work():
        network.member("member").last_login_at = utcnow()
    assert "Mia Mitglied" not in names(never=True)
    assert "Otto Anders" in names(never=True)
    assert names(sort="login") == ["Mia Mitglied"]


@pytest.mark.parametrize("sort", ["name", "login", "created"])
def test_pages_hold_everybody_once(network: Network, sort: str) -> None:
    with unit_of_work():
        now = utcnow()
        for number in range(2 * PAGE_SIZE):
            one = Member(name="Gleich Heißend", sort_name="heissend, gleich", state="active")
            one.created_at = one.last_login_at = now - timedelta(minutes=number // 3)
            db.session.add(one)
    seen, after = [], ""
    while page := list_people(system(), PeopleFilter(words="gleich", sort=sort, after=after)):
        seen += [one.id for one in page.items]
        if not (after := page.next_key or ""):
            break
    assert (len(seen), len(set(seen))) == (2 * PAGE_SIZE, 2 * PAGE_SIZE)


@pytest.mark.parametrize("after", ["x", "~", "heute~3", "0001-01-01~3", "2024-01-01~3", "%~9999999999999"])
@pytest.mark.parametrize("sort", ["name", "login", "nothing"])
def test_a_page_bears_keys_that_were_never_given(network: Network, after: str, sort: str) -> None:
    assert list_people(system(), PeopleFilter(sort=sort, after=after)) is not None


def test_a_preview_changes_nothing(network: Network) -> None:
    with unit_of_work():
        outcomes = preview_bulk(network.actor("admin"), "disable", ids_of("admin", "member", "disabled"))
    assert [bool(one.refusal) for one in outcomes] == [True, False, True]
    assert states()["Mia Mitglied"] == "active"
    assert not db.session.scalars(select(AuditEntry).where(AuditEntry.action == "member.disabled")).all()


def test_bulk_is_done_for_all_or_for_none(network: Network) -> None:
    actor = network.actor("admin")
    with unit_of_work(), pytest.raises(Invalid):
        apply_bulk(actor, "disable", ids_of("member", "other", "disabled"))
    assert states()["Mia Mitglied"] == "active"
    with unit_of_work():
        assert apply_bulk(actor, "disable", ids_of("member", "other")) == 2
    assert states()["Mia Mitglied"] == states()["Otto Anders"] == "disabled"


def test_bulk_keeps_the_last_admin(network: Network) -> None:
    with unit_of_work():
        apply_bulk(system(), "role", ids_of("member"), "admin")
    with unit_of_work(), pytest.raises(Invalid):
        apply_bulk(system(), "disable", ids_of("admin", "member"))
    assert states()["Anna Admin"] == "active"


@pytest.mark.parametrize(("action", "count"), [("disable", 0), ("disable", 501), ("delete", 1), ("role", 1)])
def test_bulk_refuses_what_it_does_not_do(network: Network, action: str, count: int) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        preview_bulk(system(), action, list(range(1, count + 1)))


def test_bulk_through_the_pages(login: LogIn) -> None:
    client, chosen = login("admin"), ids_of("member", "admin")
    assert "Mia Mitglied" in client.post("/admin/members/bulk", data={"action": "disable", "id": chosen}).text
    inside = login("member")
    client.post("/admin/members/bulk/apply", data={"action": "disable", "id": chosen[:1]})
    assert not is_inside(inside)


def test_sessions_of_a_member_end_at_once(login: LogIn) -> None:
    inside, client, (number,) = login("member"), login("admin"), ids_of("member")
    assert "127.0.0.1" in client.get(f"/admin/members/{number}/sessions").text
    client.post(f"/admin/members/{number}/sessions")
    assert not is_inside(inside)


def test_a_session_of_somebody_else_is_not_found(login: LogIn) -> None:
    inside, client, (number,) = login("other"), login("admin"), ids_of("member")
    with unit_of_work():
        session = db.session.scalars(select(LoginSession.id).join(Member).where(Member.name == "Otto Anders")).one()
    assert client.post(f"/admin/members/{number}/sessions", data={"session": session}).status_code == 404
    assert is_inside(inside)


def test_a_page_of_many_is_one_walk_along_an_index(network: Network, statements: list[str]) -> None:
    with unit_of_work():
        db.session.execute(update(Member).values(last_login_at=utcnow()))
    statements.clear()
    list_people(system(), PeopleFilter(sort="login"))
    assert len([one for one in statements if one.startswith("SELECT")]) <= 2
