"""From a proof of who somebody is to a session with its cookie, and out again."""

from __future__ import annotations

from flask import current_app, g, request, session
from flask.wrappers import Response
from flask_login import current_user, login_user
from itsdangerous import BadSignature, URLSafeSerializer

from portal.login.devices import device_label
from portal.login.services import sessions
from portal.login.services.admitting import Seat
from portal.login.services.notices import tell_owner
from portal.permissions.actor import Actor

MOST_KNOWN = 8
MAILBOX = "mailbox_of"
SIGNED_ON = "signed_on"  # this browser is logged in at the sign-on's provider too
DEVICE_COOKIE_S = 365 * 86_400


def enter(actor: Actor, remember: bool) -> None:
    """Nothing that was in the cookie before survives the log-in (session fixation), but where else one is logged in."""
    signed_on = SIGNED_ON in session
    session.clear()
    session.permanent = remember
    if signed_on:
        session[SIGNED_ON] = True
    login_user(actor)


def renew_cookie(token: str) -> None:
    """The session goes on under a new token; a copy of the old cookie is worth nothing."""
    login_user(Actor(id=current_user.id, name=current_user.name, session_token=token))


def leave() -> None:
    """End the session of this request, if it has one."""
    if current_user.is_authenticated:
        sessions.end_session(current_user, current_user.session_id)


def device() -> str:
    """The device in words, such as "Firefox on Linux"."""
    return device_label(request.headers.get("User-Agent", ""))


def seat(remember: bool, proven: bool = False) -> Seat:
    """From where this request comes."""
    return Seat(device(), g.network, remember, proven)


def greet_device(response: Response, member: Actor) -> Response:
    """Remember that this browser let the member in; tell the owner when it is not known and not their first."""
    known = known_members()
    if member.id not in known and member.previous_login_at is not None:
        tell_owner(member.id, "new_device", device=device() or "?", network=g.network)
    kept = [member.id, *(one for one in known if one != member.id)][:MOST_KNOWN]
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    fixed = {"max_age": DEVICE_COOKIE_S, "secure": secure, "httponly": True, "samesite": "Lax"}
    response.set_cookie(_cookie_name(), _signer().dumps(kept), **fixed)
    return response


def trust_mailbox(member_id: int) -> None:
    """Whoever came by a link from the member's mailbox has tries of their own here, until they are in."""
    session[MAILBOX] = member_id


def trusted_for() -> frozenset[int]:
    """For whom this browser has tries of its own, so that strangers can't use them up."""
    return frozenset({*known_members(), *([session[MAILBOX]] if MAILBOX in session else ())})


def known_members() -> list[int]:
    """Who was let in from this browser before, as far as its cookie says."""
    try:
        return list(_signer().loads(request.cookies.get(_cookie_name(), "")))
    except BadSignature:
        return []


def _signer() -> URLSafeSerializer:
    """The cookie keeps notices away and gives tries of its own; it lets nobody in."""
    return URLSafeSerializer(str(current_app.secret_key), salt="known device")


def _cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}_device"
