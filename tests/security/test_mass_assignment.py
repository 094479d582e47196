"""Only what a form lists can be changed: every other column of every model in the request is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Table, select

from plugins.events.models import Event, Participation, Pitch, Result, Section
from plugins.initiatives.models import Profile
from portal.database import writing
from portal.extensions import db
from portal.files.models import Attachment
from portal.members.models import Member
from portal.organisations.models import Organisation
from portal.sdk.database import utcnow
from tests.security.addresses import FORMS, values_of
from tests.security.expectations import ALL_ROWS, Row
from tests.security.poison import METADATA
from tests.security.stage import Stage
from tests.security.watching import digest_tables, find_changed

TRACES = {"audit_entry", "revision", "search_change", "outgoing_mail", "notice"}
HOSTILE = {"state": "active", "role": "admin", "roles": "admin", "is_admin": "1", "permission": "plugins.manage"}
# Another address voids links, ends sessions and can be undone.
OF_ADDRESS = ("one_time_link", "login_session", "address_change")
TABLES = {table.name: table for metadata in METADATA for table in metadata.sorted_tables}


@dataclass(frozen=True)
class Form:
    """What a form may change: columns of one model, and no other table but ``also``."""

    endpoint: str
    state: str
    role: str
    model: type[Any]
    columns: str
    also: tuple[str, ...] = ()

    @property
    def row(self) -> Row:
        """The row of the matrix."""
        return next(
            row for row in ALL_ROWS if (row.method, row.endpoint, row.state) == ("POST", self.endpoint, self.state)
        )


MOMENTS = "version changed_at"
EVENT = "title slug motto series edition starts_at ends_at timezone place address town host funder parallel_title"
EVENT += " parallel_url teaser lookback internal people initiative_people initiatives networks audience_choice language"
SECTION = "kind title subtitle starts ends room goals text questions speakers audience_choice"
ORGANISATION = "name sort_name short_name kind land town version"
FILE = "title alt_text caption credit consent_note changed_at version"
ME = "name sort_name title function phone about languages email_shown phone_shown photo_shown about_shown"
ME += " languages_shown topics_shown locale timezone version"
PERSON = "name sort_name email function version"
PITCH = "title challenge solution measure organisation_id presenter_id"
PROFILE = "claim summary text founded legal_form carrier sectors target_groups goals projects offers needs website"
PROFILE += " mailbox phone street postcode town pin_latitude pin_longitude latitude longitude reach contact_reach"
FORMS_UNDER_TEST = (
    Form("members.me_update", "-", "member", Member, ME),
    Form("admin.member_update", "active", "editorial", Member, PERSON, OF_ADDRESS),
    Form(  # with another name the address follows
        *("admin.organisation_update", "profile", "editorial", Organisation),
        f"{ORGANISATION} slug {MOMENTS}",
        ("organisation_former_slug",),
    ),
    Form(
        "events.event_edit", "draft", "editorial", Event, f"{EVENT} {MOMENTS}", ("events_slug_redirect", "attachment")
    ),
    Form("events.section_edit", "draft", "editorial", Section, f"{SECTION} {MOMENTS}", ("attachment",)),
    Form(
        "events.pitch_edit", "draft", "editorial", Pitch, f"title challenge solution measure organisation_id {MOMENTS}"
    ),
    Form("events.result_edit", "draft", "editorial", Result, f"kind text {MOMENTS}"),
    Form("events.participation_edit", "draft", "editorial", Participation, "organisation_id role version"),
    Form("events.file_edit", "draft", "editorial", Attachment, FILE),
    Form(
        *("initiatives.profile_edit", "draft profile", "editor", Profile),
        f"{PROFILE} revision changed_by_id confirmed_at {MOMENTS}",
        ("initiatives_profile_land",),
    ),
)
# A section is touched with what is in it. (`also`: links to an old address are void, audiences of files follow.)
FOLLOWING = {"member": {"member_word"}, "events_pitch": {"events_section"}, "events_result": {"events_section"}}


def everything_else(form: Form) -> dict[str, Any]:
    """Every column of every table that is not the form's, with a value that would fit somewhere."""
    names = {column.name for table in TABLES.values() for column in table.columns}
    hostile = {**dict.fromkeys(sorted(names), "1"), **HOSTILE}
    return {name: value for name, value in hostile.items() if name not in form.columns.split()}


def read_rows(table: Table) -> dict[Any, dict[str, Any]]:
    """The rows of a table by their first key."""
    with writing(False), db.engine.connect() as connection:
        return {row[0]: dict(row._mapping) for row in connection.execute(select(table))}


@pytest.fixture(params=FORMS_UNDER_TEST, ids=lambda form: form.endpoint)
def form(request: pytest.FixtureRequest) -> Form:
    """One form."""
    return request.param


def send(stage: Stage, form: Form) -> None:
    """Send the form with every other column beside its own fields."""
    least = FORMS[form.endpoint](values_of(stage.world, form.row, form.role))
    answer = stage.visit(form.row, form.role, data={**everything_else(form), **least})
    assert answer.status_code == 302


def test_a_form_changes_only_its_own_columns(stage: Stage, form: Form) -> None:
    table = TABLES[form.model.__tablename__]
    before = read_rows(table)
    send(stage, form)
    after = read_rows(table)
    changed = {name for key, row in after.items() for name in row if row[name] != before[key][name]}
    assert after.keys() == before.keys()
    assert changed <= set(form.columns.split()), changed - set(form.columns.split())


def test_a_form_changes_no_other_table(stage: Stage, form: Form) -> None:
    name = form.model.__tablename__
    before = digest_tables()
    send(stage, form)
    allowed = {name, *form.also, *TRACES, *FOLLOWING.get(name, ())}
    assert set(find_changed(before)) <= allowed, set(find_changed(before)) - allowed


def test_a_form_is_taken_without_the_rest(stage: Stage, form: Form) -> None:
    before = read_rows(TABLES[form.model.__tablename__])
    assert stage.visit(form.row, form.role).status_code == 302
    assert read_rows(TABLES[form.model.__tablename__]) != before


def test_nobody_becomes_more_than_they_are(stage: Stage) -> None:
    row = next(row for row in ALL_ROWS if row.endpoint == "members.me_update")
    least = FORMS[row.endpoint]({})
    stage.visit(row, "member", data={**least, **HOSTILE, "email": "neu@netz.example", "password_hash": "x"})
    me = db.session.scalars(select(Member).where(Member.email == "member@netz.example")).one()
    assert (me.name, me.state) == ("Neuer Name", "active")
    assert stage.client("member").get("/admin/").status_code == 403
    assert me.created_at < utcnow()
