"""The kinds of notice, and what a member may know of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.notices.models import Notice
from portal.permissions.actor import MEMBER, Actor
from portal.plugin_host.asking import notice_kinds
from portal.plugin_host.contributions import NoticeKind
from portal.plugin_host.navigation import the_host


def list_kinds(member: Actor) -> list[NoticeKind]:
    """The kinds that are offered to the member, the core's first."""
    return [kind for kind in notice_kinds().values() if is_meant_for(kind, member)]


def is_meant_for(kind: NoticeKind, member: Actor) -> bool:
    """Whether the kind is for members like this one."""
    if callable(kind.permission):
        return kind.permission(member)
    return kind.permission == MEMBER or member.can(kind.permission)


@dataclass(frozen=True)
class Checked:
    """The numbers of notices that a member may know of, and of those whose kind could not say it just now."""

    readable: set[int]
    unknown: set[int]

    def is_over(self, notice: Notice) -> bool:
        """Whether there is nothing to know for the member any more."""
        return notice.id not in self.readable | self.unknown


def check(member: Actor, notices: Iterable[Notice]) -> Checked:
    """What of these notices the member may know now; each kind is asked once for all of them."""
    by_kind: dict[str, list[Notice]] = {}
    for one in notices:
        by_kind.setdefault(one.kind, []).append(one)
    checked = Checked(set(), set())
    for name, given in by_kind.items():
        subjects = _ask(member, name, given)
        checked.readable.update(one.id for one in given if one.subject in (subjects or ()))
        checked.unknown.update(one.id for one in given if subjects is None)
    return checked


def _ask(member: Actor, name: str, notices: Sequence[Notice]) -> set[str] | None:
    kind = notice_kinds().get(name)
    if kind is None or not is_meant_for(kind, member):
        return set()
    subjects = sorted({one.subject for one in notices})
    owner = name.split(".", 1)[0]
    return the_host().hooks.guard(owner, f"notices:{name}", lambda: kind.readable(member, subjects))
