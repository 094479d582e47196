"""The acting member, as services see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from portal.errors import Forbidden

PUBLIC = "public"
MEMBER = "member"
ADMIN_ROLE = "admin"
COMMAND_LINE = "command line"


@dataclass(eq=False)
class Actor:
    """Who acts: a logged-in member, the anonymous public (``id is None``) or the system itself.

    ``adds`` gives the principals that plugins add; it is asked at most once. ``confirmed_at``: when they last proved
    who they are. ``unread``: how many notices wait for them. ``withheld_roles``: roles of theirs that don't count until
    they have a second factor. ``asked_since``: since when they are asked to agree to a text of the operator."""

    id: int | None = None
    name: str = ""
    email: str = ""
    locale: str = ""
    timezone: str = ""
    theme: str = ""
    session_id: int | None = None
    session_token: str = ""
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    edited_organisations: frozenset[int] = frozenset()
    previous_login_at: datetime | None = None
    confirmed_at: datetime | None = None
    withheld_roles: frozenset[str] = frozenset()
    unread: int = 0
    asked_since: datetime | None = None
    is_system: bool = False
    adds: Callable[[Actor], frozenset[str]] | None = field(default=None, repr=False)

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is logged in."""
        return self.id is not None

    @property
    def is_active(self) -> bool:
        """Flask-Login asks this; a disabled member never becomes an Actor, so it equals being logged in."""
        return self.is_authenticated

    @property
    def is_anonymous(self) -> bool:
        """The opposite of :attr:`is_authenticated`."""
        return not self.is_authenticated

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the token of the session row, never the member's id."""
        return self.session_token

    @cached_property
    def principals(self) -> frozenset[str]:
        """Everything this member carries (design: principals and audiences)."""
        if self.id is None:
            return frozenset({PUBLIC})
        added = self.adds(self) if self.adds else frozenset()
        return own_principals(self) | added

    def can(self, permission: str) -> bool:
        """Whether a role of theirs grants ``permission`` (``<room>.<verb>``)."""
        return self.is_system or permission in self.permissions

    def edits_organisation(self, organisation_id: int | None) -> bool:
        """Whether they are an editor of this organisation."""
        return organisation_id is not None and organisation_id in self.edited_organisations


def own_principals(actor: Actor) -> frozenset[str]:
    """The principals that the core gives: public, member, themselves, roles, permissions, organisations."""
    return frozenset(
        {PUBLIC, MEMBER, f"member:{actor.id}"}
        | {f"role:{name}" for name in actor.roles}
        | {f"permission:{name}" for name in actor.permissions}
        | {f"organisation:{number}" for number in actor.organisations}
        | {f"organisation:{number}:editor" for number in actor.edited_organisations}
    )


def anonymous() -> Actor:
    """The public: nobody is logged in."""
    return Actor()


def system() -> Actor:
    """The portal itself, for jobs and commands: may do everything, is nobody in the audit."""
    return Actor(is_system=True)


def command_line() -> Actor:
    """Whoever may run commands on the machine: may do everything, stands in the audit as such."""
    return Actor(is_system=True, name=COMMAND_LINE)


def require(member: Actor, permission: str) -> None:
    """Let the member pass if they hold ``permission``. Raises Forbidden otherwise."""
    if not member.can(permission):
        raise Forbidden("You don't have the permission for this.")
