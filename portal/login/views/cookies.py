"""From a proof of who somebody is to a session with its cookie, and out again."""

from __future__ import annotations

from flask import g, request, session
from flask_login import current_user, login_user

from portal.login.devices import device_label
from portal.login.services import sessions
from portal.permissions.actor import Actor


def enter_anew(member_id: int, name: str, remember: bool) -> None:
    """Open a session for somebody who has just proved who they are."""
    token = sessions.open_session(member_id, device(), g.network, remember)
    enter(Actor(id=member_id, name=name, session_token=token), remember)


def enter(actor: Actor, remember: bool) -> None:
    """Nothing that was in the cookie before survives the log-in (session fixation)."""
    session.clear()
    session.permanent = remember
    login_user(actor)


def leave() -> None:
    """End the session of this request, if it has one."""
    if current_user.is_authenticated:
        sessions.end_session(current_user, current_user.session_id)


def device() -> str:
    """The device in words, such as "Firefox on Linux"."""
    return device_label(request.headers.get("User-Agent", ""))
