"""From the cookie to the acting member, in one query on a short connection of its own: it holds no write lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask, Response, current_app, g
from sqlalchemy import Row, bindparam, or_, select
from sqlalchemy.exc import OperationalError

from portal.database import utcnow, writing
from portal.extensions import db, login_manager
from portal.jobs import enqueue
from portal.legal.services.agreeing import asked_since
from portal.login.counting import unread_notices
from portal.login.models import LoginSession
from portal.login.services.factors import has_factor
from portal.login.services.sessions import NOTED_AGAIN_AFTER
from portal.login.services.tokens import hash_token
from portal.members.models import Member
from portal.organisations.models import Membership
from portal.permissions.actor import Actor, anonymous
from portal.permissions.models import MemberRole, Role
from portal.plugin_host.asking import notice_kinds
from portal.plugin_host.host import EXTENSION, PluginHost

NUDGED = "portal_login_nudged"
_QUERY = (
    select(
        Member.id,
        Member.name,
        Member.email,
        Member.locale,
        Member.timezone,
        Member.theme,
        Member.previous_login_at,
        unread_notices(),
        LoginSession.id.label("session_id"),
        LoginSession.seen_at,
        LoginSession.confirmed_at,
        or_(LoginSession.proven & has_factor(Member.id), LoginSession.vouched).label("is_proven"),
        asked_since().label("asked_since"),
        Role.name.label("role"),
        Membership.organisation_id,
        Membership.role.label("membership"),
    )
    .join(LoginSession, LoginSession.member_id == Member.id)
    .outerjoin(MemberRole, MemberRole.member_id == Member.id)
    .outerjoin(Role, Role.id == MemberRole.role_id)
    .outerjoin(Membership, Membership.member_id == Member.id)
    .where(
        Member.state == "active",
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.expires_at > bindparam("now"),
    )
)


@dataclass(frozen=True)
class UsedSession:
    """The session that the present request came with, and when its device was last noted."""

    id: int
    token_hash: str
    seen_at: datetime


@login_manager.user_loader
def load_actor(token: str) -> Actor | None:
    """The member whose session the token names; None when it ended, expired or the member is disabled."""
    asked = {"token_hash": hash_token(token), "now": utcnow(), "kinds": list(notice_kinds())}
    if "database_away" in g:  # the page that says so is shown to the public's eyes
        return None
    try:
        with writing(False), db.engine.connect() as connection:
            rows = connection.execute(_QUERY, asked).all()
    except OperationalError:
        g.database_away = True
        raise
    if not rows:
        return None
    g.used_session = UsedSession(rows[0].session_id, asked["token_hash"], rows[0].seen_at)
    return _actor_of(rows, token)


def _actor_of(rows: list[Row] | object, token: str) -> Actor:
    rows = list(rows)  # type: ignore[call-overload]
    first = rows[0]
    host: PluginHost = current_app.extensions[EXTENSION]
    held = frozenset(row.role for row in rows if row.role)
    withheld = frozenset() if first.is_proven else held & host.settings.factor_roles
    roles = held - withheld
    previous: datetime | None = first.previous_login_at
    return Actor(
        id=first.id,
        name=first.name,
        email=first.email or "",
        locale=first.locale,
        timezone=first.timezone,
        theme=first.theme,
        session_id=first.session_id,
        session_token=token,
        roles=roles,
        permissions=host.permissions_of(roles),
        organisations=frozenset(row.organisation_id for row in rows if row.organisation_id),
        edited_organisations=frozenset(row.organisation_id for row in rows if row.membership == "editor"),
        previous_login_at=previous,
        confirmed_at=first.confirmed_at,
        withheld_roles=withheld,
        unread=first.unread,
        asked_since=first.asked_since,
        adds=host.added_principals,
    )


def nudge_seen(response: Response) -> Response:
    """Have the worker note that the device is in use: at most every ten minutes, also while the worker is away."""
    used: UsedSession | None = g.get("used_session")
    now = utcnow()
    if used is not None and now - used.seen_at > NOTED_AGAIN_AFTER and _is_first_nudge(used.token_hash, now):
        enqueue("login.note_seen", session_id=used.id, at=now)
    return response


def _is_first_nudge(token_hash: str, now: datetime) -> bool:
    """Each process remembers whom it nudged for lately, and forgets the rest."""
    nudged: dict[str, datetime] = current_app.extensions[NUDGED]
    if now - nudged.get(token_hash, datetime.min.replace(tzinfo=UTC)) <= NOTED_AGAIN_AFTER:
        return False
    current_app.extensions[NUDGED] = {key: at for key, at in nudged.items() if now - at <= NOTED_AGAIN_AFTER}
    current_app.extensions[NUDGED][token_hash] = now
    return True


def configure_login(app: Flask) -> None:
    """Bind Flask-Login: actors instead of models, strict cookies, no remember cookie (a session row remembers)."""
    app.extensions[NUDGED] = {}
    app.after_request(nudge_seen)
    login_manager.init_app(app)
    login_manager.anonymous_user = anonymous  # type: ignore[assignment]
    login_manager.session_protection = None
