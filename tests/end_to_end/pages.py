"""Every page of the portal: its addresses found by following links, those that only mails lead to made here."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from portal.application import create_app
from portal.config import load_settings
from portal.database import unit_of_work
from portal.database.work import writing
from portal.extensions import db
from portal.login.services.links import create_link
from portal.members.models import Member
from portal.organisations.models import Organisation
from tests.security.ways_in import build_ways_in
from tests.security.world import World

MOST, ALIKE = 600, 3  # of addresses, and of those of one page: another section may have what the first one lacks
# Looks like a page by its address and is none: files, what programs read, and pages that only lead on.
NO_PAGES = {"files.file_show", "files.thumbnail_show", "members.photo_show", "members.photo_whole"}
NO_PAGES |= {"members.member_card", "privacy.export_show", "health.healthz", "health.readyz"}
NO_PAGES |= {"invitations.import_template", "login.factor_required"}
Fetch = Callable[[str], str]


def open_beside(folder: Path, url: str) -> Flask:
    """A second application on the data of the started portal."""
    return create_app(load_settings(data_dir=folder, base_url=url, log_level="ERROR"))


def make_mailed(app: Flask) -> tuple[list[str], str]:
    """The addresses that mails lead to, each open; and where the invited one of them can be merged with somebody."""
    with app.app_context(), writing(), unit_of_work():
        invited = Member(name="Ida", sort_name="ida", email="ida@portal.example", state="invited")
        db.session.add(invited)
        db.session.flush()
        number = invited.id
        member = db.session.scalars(select(Member.id).where(Member.email == "neu@portal.example")).one()
        place = db.session.scalars(select(Organisation.id).limit(1)).one()
        secrets = {**build_ways_in(World(), invited, member, place), "reset": create_link(member, "reset")}
    doors = {"invitation": "/invitation/", "reset": "/login/reset/", "request": "/login/request/"}
    doors |= {"address": "/login/address/", "undo": "/login/address/undo/"}
    return [f"{door}{secrets[name]}" for name, door in doors.items()], f"/admin/members/{number}/merge"


def find_pages(app: Flask, starts: list[str], fetch: Fetch) -> dict[str, str]:
    """One address for each endpoint that links lead to from these starts."""
    found: dict[str, list[str]] = {}
    seen, waiting = set(starts), deque(starts)
    while waiting and len(seen) < MOST:
        path = waiting.popleft()
        endpoint = endpoint_of(app, path)
        if endpoint is None or len(found.setdefault(endpoint, [])) == ALIKE:
            continue
        found[endpoint].append(path)
        links = [unescape(one) for one in re.findall(r'<a\b[^>]*? href="(/[^"#]*)', fetch(path))]
        fresh = [one for one in links if one not in seen]
        seen |= set(fresh)
        waiting.extend(fresh)
    return {endpoint: paths[0] for endpoint, paths in found.items() if paths}


def endpoint_of(app: Flask, path: str) -> str | None:
    """Whose page an address is; None for what is no page."""
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(path).path, "GET")
    except HTTPException:
        return None
    return None if endpoint in NO_PAGES or endpoint.endswith("static") else str(endpoint)


def list_endpoints(app: Flask) -> set[str]:
    """Every endpoint that is a page."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    found = {rule.endpoint for rule in rules if not rule.rule.startswith("/api")} - NO_PAGES
    return {endpoint for endpoint in found if not endpoint.endswith("static")}
