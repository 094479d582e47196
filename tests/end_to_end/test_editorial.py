"""The editorial office: an event from the first word to the first hit."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.end_to_end.conftest import Meet
from tests.end_to_end.material import write_minutes, write_photo
from tests.end_to_end.visitor import Visitor
from tests.end_to_end.words import Say
from tests.servers.process import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]
SECONDS_TO_BE_FOUND = 10
MAKE_TRANSFER = """(files) => {
  const transfer = new DataTransfer();
  for (const {name, type, data} of files) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name, {type}));
  }
  return transfer;
}"""


def drop(zone: Locator, *paths: Path) -> None:
    """Let files fall onto the zone, as from a folder of the desktop."""
    files = [{"name": path.name, "type": "", "data": base64.b64encode(path.read_bytes()).decode()} for path in paths]
    transfer = zone.page.evaluate_handle(MAKE_TRANSFER, files)
    for happening in ("dragenter", "dragover", "drop"):
        zone.dispatch_event(happening, {"dataTransfer": transfer})


def create_event(office: Visitor, title: str) -> None:
    """Write the basics of an event and save it as a draft."""
    office.go("/events/new")
    office.field("title").fill(title)
    office.field("starts_at").fill("2026-10-14T10:00")
    office.field("town").fill("Göttingen")
    office.press("Save the draft")


def add_section(office: Visitor, event_path: str, title: str, text: str) -> None:
    """Add a part of the programme with guiding questions."""
    office.go(f"{event_path}/sections/new")
    office.field("title").fill(title)
    office.field("questions").fill(text)
    office.press("Save")


def wait_to_find(visitor: Visitor, words: str, title: str) -> None:
    """Search for the words until there is a hit of this event."""

    def is_found() -> bool:
        visitor.page.goto(f"{visitor.url}/search/?q={words}")
        return title in visitor.page.locator("main").inner_text()

    wait_until(is_found, f"the hit for {words}", SECONDS_TO_BE_FOUND)


def test_office_documents_an_event_and_members_find_it(meet: Meet, say: Say, language: str, tmp_path: Path) -> None:
    office, title = meet("redaktion"), f"Werkstatttag {language}"
    create_event(office, title)
    path = f"/events/werkstatttag-{language}"
    add_section(office, path, f"Rundgang {language}", f"Wo steht die Zahnradprüfbank {language}?")
    office.go(f"{path}/edit/files")
    photos = write_photo(tmp_path, "halle", "teal"), write_photo(tmp_path, "werkbank", "maroon")
    drop(office.page.locator(".drop-zone"), write_minutes(tmp_path, f"Laserkalibrierung{language}"), *photos)
    expect(office.page.locator(".upload-state", has_text=say("Uploaded"))).to_have_count(3)
    office.press("Publish")
    member = meet("mitglied")
    wait_to_find(member, "Zahnradprüfbank", title)
    wait_to_find(member, f"Laserkalibrierung{language}", title)


def test_a_draft_is_nobody_elses(meet: Meet, language: str) -> None:
    create_event(meet("redaktion"), f"Geheimer Entwurf {language}")
    member = meet("mitglied")
    assert member.go(f"/events/geheimer-entwurf-{language}").status == 404
    member.search("Geheimer")
    assert member.page.locator("main article").count() == 0
