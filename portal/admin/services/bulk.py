"""One action for many members: looked at first, then done for all of them or for none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from portal.database import trial
from portal.errors import Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.members.services.disabling import disable_member, enable_member
from portal.members.services.roles import set_member_roles
from portal.permissions.actor import Actor, require

MOST = 500


Refusal = Invalid | Forbidden
Change = Callable[[Actor, int], object]


@dataclass(frozen=True)
class Outcome:
    """What an action would do to one member; ``refusal`` says why it can't be done, None if it can."""

    id: int
    name: str
    refusal: Refusal | None


def preview_bulk(member: Actor, action: str, ids: Sequence[int], role: str = "") -> list[Outcome]:
    """What the action would do, by really doing it to all of them, one after the other, and taking it back.

    Raises Forbidden without ``members.list_all``, Invalid for nobody, for more than 500, or an unknown action."""
    require(member, "members.list_all")
    change = _change_of(action, role)
    people = _people(ids)
    with trial():
        return [Outcome(one, name, _try(change, member, one)) for one, name in people]


def apply_bulk(member: Actor, action: str, ids: Sequence[int], role: str = "") -> int:
    """Do the action to all of them; gives how many. Raises as the first refusal does, and nothing is changed then."""
    require(member, "members.list_all")
    change = _change_of(action, role)
    people = _people(ids)
    with db.session.begin_nested():
        for one, _name in people:
            change(member, one)
    return len(people)


def _change_of(action: str, role: str) -> Change:
    changes: dict[str, Change] = {"disable": disable_member, "enable": enable_member}
    if action == "role" and role:
        return partial(_give_role, role)
    if action not in changes:
        raise Invalid("Please choose what to do.")
    return changes[action]


def _give_role(role: str, member: Actor, target_id: int) -> None:
    target = db.session.get(Member, target_id)
    if target is None or target.state not in ("active", "invited"):
        raise Invalid("Only members with an account can hold roles.")
    set_member_roles(member, target_id, {role}, among={role})


def _people(ids: Sequence[int]) -> list[tuple[int, str]]:
    wanted = sorted(set(ids))
    if not wanted or len(wanted) > MOST:
        raise Invalid("Please choose between one and 500 members.")
    found = select(Member.id, Member.name).where(Member.id.in_(wanted)).order_by(Member.id)
    people = [(row.id, row.name) for row in db.session.execute(found)]
    if len(people) != len(wanted):
        raise NotFound
    return people


def _try(change: Change, member: Actor, target_id: int) -> Refusal | None:
    try:
        change(member, target_id)
    except (Invalid, Forbidden) as refusal:
        return refusal
    return None
