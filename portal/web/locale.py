"""Language and colour mode: chosen by the reader, remembered in a cookie and, for members, in their row."""

from __future__ import annotations

from contextlib import AbstractContextManager

from blinker import Signal
from flask import Blueprint, Response, current_app, has_request_context, redirect, request
from flask_babel import force_locale, refresh
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from portal.permissions.actor import PUBLIC
from portal.web.access import access
from portal.web.redirects import local_target

LOCALES = ("de", "en")
THEMES = ("auto", "light", "dark")
YEAR_S = 31_536_000
theme_chosen = Signal("A member chose a colour mode; sent with ``member`` and ``theme``.")
locale_chosen = Signal("A member chose a language; sent with ``member`` and ``locale``.")

blueprint = Blueprint("web", __name__)


def select_locale() -> str:
    """The reader's language: what they chose, else what their browser prefers, else the portal's."""
    if not has_request_context():  # a job or a command
        return current_app.config["BABEL_DEFAULT_LOCALE"]
    chosen = request.cookies.get("locale") or current_user.locale
    if chosen in LOCALES:
        return chosen
    return request.accept_languages.best_match(LOCALES) or current_app.config["BABEL_DEFAULT_LOCALE"]


def writing_in(locale: str) -> AbstractContextManager[None]:
    """In whose language a mail is written: the one that its reader chose, else (``""``) the portal's."""
    return force_locale(locale or current_app.config["BABEL_DEFAULT_LOCALE"])


def select_timezone() -> str:
    """The time zone that the reader chose, else the portal's."""
    chosen = current_user.timezone if has_request_context() else ""
    return chosen or current_app.config["BABEL_DEFAULT_TIMEZONE"]


def select_theme() -> str:
    """The reader's colour mode: ``light``, ``dark`` or ``auto`` (as the device says)."""
    chosen = request.cookies.get("theme") or current_user.theme
    return chosen if chosen in THEMES else "auto"


@blueprint.post("/preferences/language")
@access(PUBLIC, rate="form")
def locale_set() -> Response:
    """Remember the language and go back."""
    locale = _one_of("locale", LOCALES)
    if current_user.is_authenticated:
        locale_chosen.send(member=current_user, locale=locale)
    refresh()
    return _back_with_cookie("locale", locale)


@blueprint.post("/preferences/theme")
@access(PUBLIC, rate="form")
def theme_set() -> Response:
    """Remember the colour mode and go back."""
    theme = _one_of("theme", THEMES)
    if current_user.is_authenticated:
        theme_chosen.send(member=current_user, theme=theme)
    return _back_with_cookie("theme", theme)


def _one_of(field: str, allowed: tuple[str, ...]) -> str:
    value = request.form.get(field, "")
    if value not in allowed:
        raise BadRequest
    return value


def _back_with_cookie(name: str, value: str) -> Response:
    response: Response = redirect(local_target(request.form.get("next")))  # type: ignore[assignment]
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(name, value, max_age=YEAR_S, samesite="Lax", secure=secure, httponly=True)
    return response
