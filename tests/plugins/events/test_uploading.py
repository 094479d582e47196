"""Files on their way in: looked into for as long as it takes, while others go on writing."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import delete, select

from plugins.events.models import Event
from portal.files.services import receiving
from portal.sdk.database import session, unit_of_work
from portal.sdk.files import Attachment
from tests.fixtures.client import PortalClient
from tests.fixtures.databases import can_others_write
from tests.plugins.events.conftest import Documented

Login = Callable[[str], PortalClient]


@pytest.fixture
def inspecting(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], Any]]:
    """What is to happen while the next file is looked into."""
    doings: list[Callable[[], Any]] = []
    inspect = receiving.inspect

    def look(*values: Any) -> Any:
        doings.pop()()
        return inspect(*values)

    monkeypatch.setattr(receiving, "inspect", look)
    return doings


@pytest.mark.parametrize("part", ["event", "section"])
def test_file_upload_looks_into_files_without_the_lock(
    published: Documented, login: Login, inspecting: list[Callable[[], Any]], part: str
) -> None:
    free: list[bool] = []
    inspecting[:] = [lambda: free.append(can_others_write())] * 2
    place = "edit" if part == "event" else f"sections/{published.sections['team']}"
    files = [(BytesIO(b"Eins"), "eins.txt"), (BytesIO(b"Zwei"), "zwei.txt")]
    assert login("editorial").post(f"/events/{published.slug}/{place}/files", data={"files": files}).status_code == 302
    assert free == [True, True]
    with unit_of_work():
        names = session.scalars(select(Attachment.file_name)).all()
        assert {"eins.txt", "zwei.txt"} <= set(names)


def test_file_upload_to_an_event_that_goes_meanwhile_is_not_found(
    published: Documented, login: Login, inspecting: list[Callable[[], Any]]
) -> None:
    def delete_event() -> None:
        with unit_of_work():
            session.execute(delete(Event).where(Event.id == published.event))

    inspecting.append(delete_event)
    data = {"files": [(BytesIO(b"Eins"), "eins.txt")]}
    assert login("editorial").post(f"/events/{published.slug}/edit/files", data=data).status_code == 404


def test_file_upload_to_nowhere_takes_nothing_in(login: Login, inspecting: list[Callable[[], Any]]) -> None:
    data = {"files": [(BytesIO(b"Eins"), "eins.txt")]}
    assert login("editorial").post("/events/nirgendwo/edit/files", data=data).status_code == 404


def test_file_edit_that_was_overtaken_shows_both(published: Documented, login: Login) -> None:
    path = f"/events/{published.slug}/files/{published.files['team']}/edit"
    login("admin").post(path, data={"title": "Von Anna", "version": 1})
    answer = login("editorial").post(path, data={"title": "Von Emil", "version": 1})
    assert answer.status_code == 409
    assert 'value="Von Emil"' in answer.text and "Von Anna" in answer.text
    again = login("editorial").post(path, data={"title": "Von Emil", "version": 2})
    assert again.status_code == 302


def test_file_list_says_why_a_file_has_no_text_and_which_kinds_are_taken(published: Documented, login: Login) -> None:
    with unit_of_work():
        session.get_one(Attachment, published.files["team"]).text_reason = "scanned"
    text = login("editorial").get(f"/events/{published.slug}/edit/files", headers={"Accept-Language": "en"}).text
    assert "Was the document scanned?" in text
    assert 'accept=".pdf,' in text and ",.svg" not in text
