"""No form reads more than its own names, nor changes more than its own tables, whatever is sent along with it."""

from __future__ import annotations

import pytest
from flask_wtf import FlaskForm

from portal.web.forms import PortalForm
from tests.security.addresses import FORMS, values_of
from tests.security.poison import METADATA
from tests.security.reach import GUARDS, TRACES, Watched, list_forms, read_reach
from tests.security.stage import Stage, outcome_of
from tests.security.watching import digest_tables, find_changed

REACH, FORM_ROWS = read_reach(), list_forms()
COLUMNS = {column.name for metadata in METADATA for table in metadata.sorted_tables for column in table.columns}
HOSTILE = {"role": "admin", "roles": "admin", "is_admin": "1", "permission": "plugins.manage", "state": "active"}
FURTHER = dict.fromkeys(("member", "user_id", "password", "confirmed", "visibility", "created_by", "approved"), "1")

SENT_ON = {"login.confirm_resent": "307"}  # keeps what was sent and sends it on, to be judged where it goes


def test_every_form_says_how_far_it_reaches() -> None:
    assert REACH.keys() == FORM_ROWS.keys(), REACH.keys() ^ FORM_ROWS.keys()


@pytest.fixture
def watched(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The stage, noting what is read; the cleaning of NULs, which goes through everything, is left out."""
    monkeypatch.setattr(stage.app.request_class, "parameter_storage_class", Watched)
    monkeypatch.setattr(PortalForm.Meta, "wrap_formdata", FlaskForm.Meta.wrap_formdata)
    return stage


@pytest.mark.parametrize("endpoint", sorted(FORM_ROWS.keys() & REACH.keys()))
def test_no_form_reaches_further(watched: Stage, endpoint: str) -> None:
    (row, role), reach, before = FORM_ROWS[endpoint], REACH[endpoint], digest_tables()
    least = FORMS.get(endpoint, lambda _: {})(values_of(watched.world, row, role))
    hostile = {**dict.fromkeys(COLUMNS, "1"), **HOSTILE, **FURTHER}
    others = {name: value for name, value in hostile.items() if name not in reach.names}
    data = {**others, **least, "csrf_token": watched.client(role).csrf_token()}
    Watched.asked.clear()
    answer = watched.visit(row, role, data=data)
    assert outcome_of(answer) == SENT_ON.get(endpoint, row.outcomes[role])
    assert Watched.asked - GUARDS == reach.names
    assert set(find_changed(before)) - TRACES <= reach.tables
