"""Two at once: an organisation keeps an editor, and the portal an admin."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.audit.models import AuditEntry
from portal.database import unit_of_work
from portal.extensions import db
from portal.members.services.disabling import disable_member
from portal.members.services.roles import count_admins, set_member_roles
from portal.organisations.services.memberships import delete_membership, list_active_editors, set_membership
from portal.organisations.services.teams import hand_over
from portal.permissions.actor import Actor, system
from tests.fixtures.people import Network

Race = Callable[..., list[str]]
TIMES = range(3)


@pytest.fixture
def pair(network: Network) -> tuple[Actor, Actor, int]:
    """Nordwerk's two editors who can log in, and its number."""
    return network.actor("editor"), network.actor("coeditor"), network.organisation("nordwerk").id


def step_down(who: Actor, place: int) -> Callable[[], object]:
    return lambda: set_membership(who, who.id or 0, place, "representative")


@pytest.mark.parametrize("time", TIMES)
def test_two_editors_who_step_down_at_once_leave_one(pair: tuple[Actor, Actor, int], race: Race, time: int) -> None:
    one, other, place = pair
    assert race(step_down(one, place), step_down(other, place)) == ["Invalid", "done"]
    assert len(list_active_editors(place)) == 1


@pytest.mark.parametrize("time", TIMES)
def test_two_editors_who_remove_one_another_leave_one(pair: tuple[Actor, Actor, int], race: Race, time: int) -> None:
    one, other, place = pair
    pairs = ((one, other.id or 0), (other, one.id or 0))
    deeds = [lambda who=who, whom=whom: delete_membership(who, whom, place) for who, whom in pairs]
    assert race(*deeds) == ["Invalid", "done"]
    assert len(list_active_editors(place)) == 1


@pytest.mark.parametrize("time", TIMES)
def test_who_steps_down_while_the_other_is_disabled(pair: tuple[Actor, Actor, int], race: Race, time: int) -> None:
    """Either the one stays, or the office has taken over: never nobody unnoticed."""
    one, other, place = pair
    race(step_down(one, place), lambda: disable_member(system(), other.id or 0))
    assert list_active_editors(place) or taken_over()


def taken_over() -> int:
    return db.session.query(AuditEntry).filter_by(action="organisation.taken_over").count()


def test_two_hand_over_to_one_another_at_once(pair: tuple[Actor, Actor, int], race: Race) -> None:
    one, other, place = pair
    there, back = (one.id or 0, other.id or 0), (other.id or 0, one.id or 0)
    race(lambda: hand_over(one, place, *there), lambda: hand_over(other, place, *back))
    assert list_active_editors(place)


@pytest.mark.parametrize("how", ["withdraw", "disable"])
@pytest.mark.parametrize("time", TIMES)
def test_two_admins_who_end_one_another_leave_one(network: Network, race: Race, how: str, time: int) -> None:
    with unit_of_work():
        set_member_roles(system(), network.member("other").id, {"admin"})
    one, other = network.actor("admin"), network.actor("other")
    ends: dict[str, Callable[[Actor, int], object]] = {
        "withdraw": lambda who, whom: set_member_roles(who, whom, set(), among={"admin"}),
        "disable": disable_member,
    }
    deeds = [lambda who=who, whom=whom: ends[how](who, whom.id or 0) for who, whom in ((one, other), (other, one))]
    assert race(*deeds) == ["Invalid", "done"]
    assert count_admins() == 1


def test_an_editor_who_comes_lets_the_other_go(pair: tuple[Actor, Actor, int], network: Network) -> None:
    one, other, place = pair
    with unit_of_work():
        set_membership(system(), network.member("member").id, place, "editor")
        delete_membership(one, other.id or 0, place)
        delete_membership(one, one.id or 0, place)
    assert list_active_editors(place) == [network.member("member").id]
