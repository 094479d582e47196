"""From the cookie to the acting member, in one query on a short connection of its own: it holds no write lock."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, current_app, g
from sqlalchemy import Row, bindparam, select
from sqlalchemy.exc import OperationalError

from portal.database import utcnow, writing
from portal.extensions import db, login_manager
from portal.login.models import LoginSession
from portal.login.services.tokens import hash_token
from portal.members.models import Member
from portal.organisations.models import Membership
from portal.permissions.actor import Actor, anonymous
from portal.permissions.models import MemberRole, Role
from portal.plugin_host.host import EXTENSION, PluginHost

_QUERY = (
    select(
        Member.id,
        Member.name,
        Member.email,
        Member.locale,
        Member.previous_login_at,
        LoginSession.id.label("session_id"),
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


@login_manager.user_loader
def load_actor(token: str) -> Actor | None:
    """The member whose session the token names; None when it ended, expired or the member is disabled."""
    asked = {"token_hash": hash_token(token), "now": utcnow()}
    if "database_away" in g:  # the page that says so is shown to the public's eyes
        return None
    try:
        with writing(False), db.engine.connect() as connection:
            rows = connection.execute(_QUERY, asked).all()
    except OperationalError:
        g.database_away = True
        raise
    return _actor_of(rows, token) if rows else None


def _actor_of(rows: list[Row] | object, token: str) -> Actor:
    rows = list(rows)  # type: ignore[call-overload]
    first = rows[0]
    host: PluginHost = current_app.extensions[EXTENSION]
    roles = frozenset(row.role for row in rows if row.role)
    previous: datetime | None = first.previous_login_at
    return Actor(
        id=first.id,
        name=first.name,
        email=first.email or "",
        locale=first.locale,
        session_id=first.session_id,
        session_token=token,
        roles=roles,
        permissions=host.permissions_of(roles),
        organisations=frozenset(row.organisation_id for row in rows if row.organisation_id),
        edited_organisations=frozenset(row.organisation_id for row in rows if row.membership == "editor"),
        previous_login_at=previous,
        adds=host.added_principals,
    )


def configure_login(app: Flask) -> None:
    """Bind Flask-Login: actors instead of models, strict cookies, no remember cookie (a session row remembers)."""
    login_manager.init_app(app)
    login_manager.anonymous_user = anonymous  # type: ignore[assignment]
    login_manager.session_protection = None
