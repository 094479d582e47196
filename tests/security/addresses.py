"""The address of each route for a state of the world, and the least that its form needs."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from portal.plugin_host.host import EXTENSION, PluginHost
from tests.fixtures.people import PASSWORD, address
from tests.security.expectations import Row
from tests.security.world import World

Values = dict[str, Any]
NEW_PASSWORD = "wolke-leiter-senf-trommel"
QUERIES = {
    "initiatives.revision_compare": "?older=1&newer=2",
    "events.version_compare": "?older=1&newer=2",
}
PLUGIN_PAGES = ("enable", "enable_confirmed", "upgrade", "retry", "settings", "settings_update", "purge", "export")
# What addresses need besides the values of a state.
FIXED: dict[str, Values] = {
    "admin.plugin_show": {"plugin_id": "events"},
    "admin.plugin_disable": {"plugin_id": "events"},
    "admin.plugin_disable_confirmed": {"plugin_id": "events"},
    "admin.plugin_purge_confirmed": {"plugin_id": "events"},
    **{f"admin.plugin_{name}": {"plugin_id": "events"} for name in PLUGIN_PAGES},
    "admin.role_edit": {"name": "editorial"},
    "admin.role_update": {"name": "editorial"},
    "admin.role_rename": {"name": "editorial"},
    "admin.role_delete": {"name": "editorial"},
    "events.event_preview": {"viewpoint": "public"},
    "files.thumbnail_show": {"width": 320},
    "privacy.export_show": {"export_id": 1},
    "sign_on.sign_on_refused": {"reason": "stranger"},
}


def _event(values: Values) -> Values:
    named = {"title": "Neuer Titel", "starts_at": "2025-09-18T10:00", "timezone": "Europe/Berlin", "language": "de"}
    return {**named, "audience_choice": "public", "version": values.get("version", 1)}


def _person(values: Values) -> Values:
    return {"name": "Neuer Name", "email": "neu@netz.example", "function": "", "version": values.get("version", 1)}


def _section(values: Values) -> Values:
    return {"title": "Neuer Titel", "kind": "lab", "audience_choice": "inherit", "version": 1}


def _files(values: Values) -> Values:
    return {"files": (io.BytesIO(b"Neue Notizen"), "neu.txt")}


def _profile(values: Values) -> Values:
    return {"summary": "Neu", "reach": "public", "contact_reach": "member", "revision": values["version"]}


def _guest(values: Values) -> Values:
    return {"name": "Neuer Name", "email": "neu@netz.example", "role": "representative"}


def _password(values: Values) -> Values:
    return {"old_password": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}


FORMS: dict[str, Callable[[Values], Values]] = {
    "web.locale_set": lambda values: {"locale": "en"},
    "web.theme_set": lambda values: {"theme": "dark"},
    "login.login_submit": lambda values: {"email": address(values["who"]), "password": PASSWORD},
    "login.reset_send": lambda values: {"email": address("coeditor")},
    "login.reset_redeem": _password,
    "login.address_update": lambda values: {"email": "neu@netz.example", "password": PASSWORD},
    "invitations.invitation_redeem": _password,
    "invitations.invitation_create": lambda values: {**_guest(values), "organisation": 0},
    "invitations.colleague_invite": lambda values: _guest(values),
    "invitations.invitation_resend_many": lambda values: {"id": values["invitation_id"]},
    "invitations.import_check": lambda values: {"file": (io.BytesIO(b"Name;E-Mail\nNeu;neu@netz.example"), "neu.csv")},
    "invitations.import_confirmed": lambda values: {"rows": "name;email\nNeu;neu@netz.example"},
    "invitations.request_create": lambda values: {**_guest(values), "organisation": 0, "organisation_name": "Neuwerk"},
    "invitations.merge_preview": lambda values: {"kept": values["kept"]},
    "invitations.merge_confirmed": lambda values: {"kept": values["kept"]},
    "invitations.request_approve": lambda values: {"organisation": 0, "role": "representative"},
    "invitations.request_refuse": lambda values: {"reason": "Neu"},
    "login.security_update": _password,
    "login.confirm_submit": lambda values: {"confirm_password": PASSWORD},
    "login.passkey_rename": lambda values: {"name": "Neu"},
    "legal.draft_update": lambda values: {"text_de": "Neu", "text_en": "", "version": 1},
    "members.photo_crop": lambda values: {"crop": "centre", "part": "", "key": "x"},
    "members.me_update": lambda values: {"name": "Neuer Name", "function": "", "locale": "de", "version": 1},
    "admin.member_create": lambda values: {**_person(values), "organisation": 0, "membership": "representative"},
    "admin.member_update": _person,
    "admin.member_bulk": lambda values: {"action": "enable", "id": 1},
    "admin.member_bulk_apply": lambda values: {"action": "enable", "id": 1},
    "admin.membership_set": lambda values: {"organisation": values["organisation_id"], "role": "representative"},
    "admin.organisation_create": lambda values: {"name": "Neuwerk", "kind": "initiative", "land": "", "town": ""},
    "admin.organisation_update": lambda values: {"name": "Neuwerk", "kind": "initiative", "land": "", "version": 1},
    "admin.organisation_archive": lambda values: {"version": 1},
    "admin.organisation_restore": lambda values: {"version": 1},
    "admin.organisation_merge_preview": lambda values: {"kept": "suedwerk"},
    "admin.organisation_merge_confirmed": lambda values: {"kept": "suedwerk", "stamp": "of-no-preview"},
    "organisations.member_role": lambda values: {"role": "representative"},
    "organisations.member_hand_over": lambda values: {
        "leaving": values["member_id"],
        "successor": values["successor"],
    },
    "admin.audit_export": lambda values: {"format": "csv"},
    "admin.plugin_purge_confirmed": lambda values: {"typed": "events"},
    "admin.plugin_settings_update": lambda values: {"participant_lists": "team", "version": 1},
    "admin.role_create": lambda values: {"title": "Beirat"},
    "admin.role_rename": lambda values: {"title": "Redaktion"},
    "admin.role_update": lambda values: {"permission": "events.edit"},
    "events.event_create": _event,
    "events.event_edit": _event,
    "events.section_create": _section,
    "events.section_edit": _section,
    "events.pitch_create": lambda values: {"title": "Neu", "organisation_id": ""},
    "events.pitch_edit": lambda values: {"title": "Neu", "organisation_id": "", "version": 1},
    "events.result_create": lambda values: {"kind": "finding", "text": "Neu"},
    "events.result_edit": lambda values: {"kind": "finding", "text": "Neu", "version": 1},
    "events.participation_list": lambda values: {
        "person": "Mia Mitglied",
        "organisation_id": "",
        "role": "participant",
    },
    "events.participation_add": lambda values: {"lines": "Mia Mitglied; Nordwerk e. V."},
    "events.participation_edit": lambda values: {"organisation_id": "", "role": "speaker", "version": 1},
    "events.file_upload": _files,
    "events.section_file_upload": _files,
    "events.file_edit": lambda values: {"title": "Neu", "alt_text": "Neu", "version": 1},
    "events.section_order": lambda values: {"order": str(values["section_id"])},
    "events.section_delete": lambda values: {"version": 1},
    "events.pitch_delete": lambda values: {"version": 1},
    "events.result_delete": lambda values: {"version": 1},
    "events.version_restore": lambda values: {"number": "1", "version": values["version"]},
    "initiatives.profile_create": lambda values: values,
    "initiatives.profile_edit": _profile,
}


def values_of(world: World, row: Row, role: str) -> Values:
    """Everything known of the thing that the row is about, as this role meets it."""
    values = {**world.values.get(row.state, {}), **FIXED.get(row.endpoint, {}), "who": "coeditor"}
    if row.state == "disabled":
        values["who"] = "disabled"
    if row.state == "own session":
        values["session_id"] = world.sessions.get(role, 1)
    if row.endpoint.startswith("legal."):
        values |= {"kind": "terms", "number": 1}
    if row.endpoint.startswith("events.version"):
        values |= {"kind": "event", "row_id": values["event_id"]}
    purpose = row.endpoint.partition(".")[2].partition("_")[0]
    return {**values, "token": values.get(purpose, "")}


def find_rule(app: Flask, method: str, endpoint: str) -> Rule:
    """The one rule of this method and endpoint."""
    (rule,) = (one for one in app.url_map.iter_rules(endpoint) if method in (one.methods or ()))
    return rule


def address_of(app: Flask, row: Row, values: Values) -> str:
    """The path and query of the row's route."""
    wanted = find_rule(app, row.method, row.endpoint).arguments
    chosen = {name: values[name] for name in wanted if name != "filename"}
    if "filename" in wanted:
        chosen["filename"] = _some_file(app, row.endpoint)
    built = app.url_map.bind("localhost").build(row.endpoint, chosen, row.method)
    return built + QUERIES.get(row.endpoint, "")


def _some_file(app: Flask, endpoint: str) -> str:
    """A file that is served from this static folder."""
    name = endpoint.partition(".")[0]
    host: PluginHost = app.extensions[EXTENSION]
    folder = host.plugins[name].folder / "static" if name in host.plugins else Path(str(app.static_folder))
    return next(str(path.relative_to(folder)) for path in sorted(folder.rglob("*.*")))
