"""Every route declares permission, cache class and rate class; an undeclared one stops the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from inspect import unwrap
from typing import Any, Literal, TypeVar

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.routing import Rule

from portal.database import utcnow
from portal.permissions.actor import MEMBER, PUBLIC, Actor
from portal.web.api import is_api_request

Cache = Literal["personal", "public", "immutable"]
Rate = Literal["page", "form", "login", "upload", "search", "file", "health"]
View = TypeVar("View", bound=Callable[..., Any])
ATTRIBUTE = "__portal_access__"
CONFIRMED_FOR = timedelta(minutes=10)
AGREE_WITHIN, LATER = timedelta(days=14), "agree_later"
NEVER_HELD_UP = frozenset({"legal", "login", "privacy", "activity", "web", "health", "api"})

LIMITS: dict[str, str] = {
    "page": "600 per minute",
    "form": "120 per minute",
    "login": "30 per minute",
    "upload": "300 per minute",
    "search": "120 per minute",
    "file": "1200 per minute",
    "health": "600 per minute",
}


class UndeclaredRoute(RuntimeError):
    """A route says nothing of its permission, cache and rate: the portal does not start with it."""


@dataclass(frozen=True)
class Access:
    """``permission``: PUBLIC, MEMBER or a name, asked at the door; rules about one thing stand in services.

    ``confirmed``: who comes in must have proved who they are within the last ten minutes; a function of the address's
    values says it of one request."""

    permission: str
    cache: Cache = "personal"
    rate: Rate = "page"
    confirmed: bool | Callable[..., bool] = False


def access(
    permission: str, *, cache: Cache = "personal", rate: Rate = "page", confirmed: bool | Callable[..., bool] = False
) -> Callable[[View], View]:
    """Declare a view's permission, cache class and rate class; stands directly under the route decorator.

    ``confirmed``: for what protects an account (ASVS 5.0, 7.5.1): asks for a new proof when the last one is old."""

    def declare(view: View) -> View:
        setattr(view, ATTRIBUTE, Access(permission, cache, rate, confirmed))
        return view

    return declare


def find_access(app: Flask, endpoint: str | None) -> Access | None:
    """What the endpoint's view declares, or None."""
    view = app.view_functions.get(endpoint or "")
    if view is None:
        return None
    found: Access | None = getattr(view, ATTRIBUTE, None) or getattr(unwrap(view), ATTRIBUTE, None)
    return found


def list_routes(app: Flask) -> Iterator[tuple[Rule, Access]]:
    """Every route that has a view, with its declaration. Raises UndeclaredRoute, naming all that have none."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in app.view_functions]
    missing = sorted({rule.endpoint for rule in rules if find_access(app, rule.endpoint) is None})
    if missing:
        raise UndeclaredRoute("routes without @access: " + ", ".join(missing))
    for rule in sorted(rules, key=lambda one: (one.rule, one.endpoint)):
        declared = find_access(app, rule.endpoint)
        assert declared is not None
        yield rule, declared


def check_routes(app: Flask) -> None:
    """Stop the start when a route is undeclared. Raises UndeclaredRoute."""
    for _rule, declared in list_routes(app):
        if declared.rate not in LIMITS:
            raise UndeclaredRoute(f"unknown rate class {declared.rate}")


def limit_of_request() -> str:
    """The rate limit of the present request's route, for the limiter."""
    declared = find_access(current_app, request.endpoint)
    return LIMITS[declared.rate if declared else "page"]


def guard_door() -> ResponseReturnValue | None:
    """Let in only whom the route's declaration allows: the public is sent to log in, others are refused."""
    if request.routing_exception is not None:
        return None
    declared = find_access(current_app, request.endpoint)
    if declared is None:
        abort(404)
    if declared.permission == PUBLIC:
        return None
    if not current_user.is_authenticated:
        if is_api_request():
            abort(401)
        return redirect(url_for("login.login_form", next=_wanted_address()))
    if declared.permission != MEMBER and not current_user.can(declared.permission):
        if current_user.withheld_roles and not is_api_request():
            return redirect(url_for("login.factor_required"))
        abort(403)
    if _is_held_up(declared):
        return redirect(url_for("legal.agreement_form", next=_wanted_address()))
    if not is_confirmed(current_user) and _needs_proof(declared):
        return _ask_for_proof()
    return None


def _is_held_up(declared: Access) -> bool:
    """Whether a page waits until the member agreed to a new text, or put it off, which is possible for two weeks.

    What was typed is never held up, nor the account, one's own data, the texts themselves and the way out."""
    since = current_user.asked_since
    if since is None or request.method != "GET" or declared.rate != "page" or request.blueprint in NEVER_HELD_UP:
        return False
    if is_api_request():  # a program can't read and agree
        return False
    put_off = float(session.get(LATER, 0)) > utcnow().timestamp()
    return not (put_off and utcnow() < since + AGREE_WITHIN)


def _needs_proof(declared: Access) -> bool:
    needed = declared.confirmed
    return needed(**(request.view_args or {})) if callable(needed) else needed


def is_confirmed(member: Actor) -> bool:
    """Whether the member proved within the last ten minutes that it is they who sit there."""
    return member.confirmed_at is not None and utcnow() - member.confirmed_at < CONFIRMED_FOR


def _ask_for_proof() -> ResponseReturnValue:
    """Lead to the proof and back. What was sent goes along (307 keeps method and body), so nothing typed is lost."""
    if is_api_request():
        abort(403)
    wanted = request.full_path.rstrip("?")
    if request.method == "POST":
        return redirect(url_for("login.confirm_resent", next=wanted), 307)
    return redirect(url_for("login.confirm_form", next=wanted))


def _wanted_address() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None
