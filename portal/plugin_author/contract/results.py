"""Hooks: they exist, take known arguments, give things of the right type, and name only what is there."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from typing import Any

from portal.extensions import db
from portal.members.models import Member
from portal.organisations.models import Organisation
from portal.permissions.actor import anonymous, system
from portal.plugin_author.contract.case import Case
from portal.plugin_host import hookspecs

AT_START = (
    *("portal_blueprints", "portal_api", "portal_permissions", "portal_jinja", "portal_search_types", "portal_cards"),
    *("portal_slots", "portal_jobs", "portal_cli", "portal_settings"),
)
BY_MEMBER = ("portal_menu", "portal_admin_menu", "portal_principals")


def check_hooks(case: Case) -> Iterator[str]:
    """Every function named ``portal_…`` is a hook that exists, marked with ``@hookimpl``."""
    for name, function in inspect.getmembers(case.plugin.module, inspect.isfunction):
        if not name.startswith("portal_"):
            continue
        if not hasattr(hookspecs, name):
            yield f"there is no hook {name}"
        elif not hasattr(function, f"{hookspecs.PROJECT}_impl"):
            yield f"{name} is not marked with @hookimpl, so nobody calls it"


def check_results(case: Case) -> Iterator[str]:
    """Every hook that only answers gives what its page says, to the public, to a member and to the portal itself."""
    for hook in AT_START:
        yield from _broken(hook, lambda hook=hook: case.host.ask_one(case.plugin_id, hook))
    with case.app.test_request_context():
        for hook in BY_MEMBER:
            for member in (anonymous(), case.member, system()):
                yield from _broken(hook, lambda hook=hook, member=member: _ask(case, hook, member=member))
        yield from _broken("portal_health", lambda: _ask(case, "portal_health"))
        data = lambda: json.dumps(_ask(case, "portal_member_data", member_id=case.member.id))  # noqa: E731 (once)
        yield from _broken("portal_member_data", data)


def check_renderings(case: Case) -> Iterator[str]:
    """Cards and slots render to text, for whoever sees them."""
    person = db.session.get(Member, case.member.id)
    organisation = Organisation(slug="vertrag", name="Vertrag e. V.", sort_name="vertrag")
    db.session.add(organisation)
    db.session.commit()
    with case.app.test_request_context():
        for card in case.host.ask_one(case.plugin_id, "portal_cards") or []:
            for member in (anonymous(), case.member):
                yield from _text(f"the card {card.name}", lambda card=card, member=member: card.render(member))
        for slot in case.host.ask_one(case.plugin_id, "portal_slots") or []:
            thing = organisation if slot.place == "organisation" else person
            render = lambda slot=slot, thing=thing: slot.render(case.member, thing)  # noqa: E731 (two arguments)
            yield from _text(f"the slot on the page of the {slot.place}", render)


def check_menus(case: Case) -> Iterator[str]:
    """Menu entries and cards name endpoints and permissions that exist."""
    known = {*case.host.permissions.names(), "public", "member"}
    with case.app.test_request_context():
        entries = [one for hook in BY_MEMBER[:2] for one in _ask(case, hook, member=case.member) or []]
    for entry in entries:
        if entry.endpoint not in case.app.view_functions:
            yield f"the menu entry “{entry.label}” leads to {entry.endpoint}, which does not exist"
    for one in [*entries, *(case.host.ask_one(case.plugin_id, "portal_cards") or [])]:
        if one.permission not in known:
            title = getattr(one, "label", getattr(one, "title", ""))
            yield f"“{title}” asks for the permission {one.permission}, which nobody declares"


def _ask(case: Case, hook: str, **arguments: Any) -> Any:
    return case.host.ask_one(case.plugin_id, hook, **arguments)


def _broken(what: str, call: Callable[[], object]) -> Iterator[str]:
    try:
        call()
    except (Exception, SystemExit) as error:
        db.session.rollback()
        yield f"{what} raises {type(error).__name__}: {error}"


def _text(what: str, render: Callable[[], object]) -> Iterator[str]:
    given: list[object] = []
    yield from _broken(what, lambda: given.append(render()))
    if given and not isinstance(given[0], str):
        yield f"{what} gives {type(given[0]).__name__}, not HTML"
