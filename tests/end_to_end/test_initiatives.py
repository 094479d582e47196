"""Editors of an initiative: their profile, its versions, two of them at once."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Meet
from tests.end_to_end.visitor import Visitor
from tests.end_to_end.words import Say

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]
PROFILE = "/initiatives/innovationsregion-hohenlohe"


def change_claim(editor: Visitor, claim: str) -> None:
    """Open the form and write another claim, not saved yet."""
    editor.go(f"{PROFILE}/edit")
    editor.field("claim").fill(claim)


def test_editor_looks_at_a_preview_and_saves(meet: Meet, say: Say, language: str) -> None:
    editor = meet("hohenlohe")
    change_claim(editor, f"Technik zum Anfassen ({language})")
    editor.press("Preview")
    assert editor.sees(say("Preview: not saved yet"), f"Technik zum Anfassen ({language})")
    editor.press("Save")
    assert editor.page.url.endswith(PROFILE)
    assert editor.sees(f"Technik zum Anfassen ({language})")


def test_editor_compares_two_versions_and_brings_one_back(meet: Meet, say: Say, language: str) -> None:
    editor = meet("hohenlohe")
    for claim in (f"Erst so ({language})", f"Dann anders ({language})"):
        change_claim(editor, claim)
        editor.press("Save")
    editor.go(f"{PROFILE}/revisions")
    editor.press("Compare the chosen versions")
    assert editor.page.locator("del").count() and editor.page.locator("ins").count()
    editor.leaving(editor.page.locator("main form button.btn").first.click)
    editor.go(PROFILE)
    assert editor.sees(f"Erst so ({language})")


def test_two_editors_at_once_lose_no_text(meet: Meet, say: Say, language: str) -> None:
    first, second = meet("hohenlohe"), meet("hohenlohe2")
    change_claim(first, f"Was die eine schrieb ({language})")
    change_claim(second, f"Was der andere schrieb ({language})")
    first.press("Save")
    second.press("Save")
    assert second.sees(say("Two people edited at once"), f"Was die eine schrieb ({language})")
    assert second.field("claim").input_value() == f"Was der andere schrieb ({language})"
    second.press("Save")
    assert second.sees(f"Was der andere schrieb ({language})")


def write_source(editor: Visitor, text: str) -> None:
    """Write the long text as Markdown, and save."""
    editor.go(f"{PROFILE}/edit")
    editor.page.locator(".editor:has(+ [name=text]) [data-command=source]").click()
    editor.field("text").fill(text)
    editor.press("Save")


def test_who_only_looks_into_a_text_leaves_it_to_others(meet: Meet, say: Say, language: str) -> None:
    first, second = meet("hohenlohe"), meet("hohenlohe2")
    write_source(first, f"Wir ({language}):\n\n*   _eins_\n*   zwei")
    change_claim(second, f"Nur der Leitsatz ({language})")
    second.page.locator(".editor:has(+ [name=text]) [contenteditable]").press("Control+End")
    assert second.field("text").input_value() == f"Wir ({language}):\n\n*   _eins_\n*   zwei"
    write_source(first, f"Mehr von uns ({language})")
    second.press("Save")
    assert second.sees(f"Nur der Leitsatz ({language})", f"Mehr von uns ({language})")


def test_text_of_a_conflict_outlives_a_closed_tab(meet: Meet, say: Say, language: str) -> None:
    first, second = meet("hohenlohe"), meet("hohenlohe2")
    change_claim(first, f"Zuerst gesichert ({language})")
    change_claim(second, f"Nie gesichert ({language})")
    first.press("Save")
    second.press("Save")
    second.reopen(f"{PROFILE}/edit")
    assert second.sees(say("There is text that was not saved"))
    second.button("Bring it back").click()
    assert second.field("claim").input_value() == f"Nie gesichert ({language})"


def test_nobody_edits_the_profile_of_others(meet: Meet) -> None:
    editor = meet("neukoelln")
    editor.go(PROFILE)
    assert editor.page.locator("main a[href$='/edit']").count() == 0
    assert editor.go(f"{PROFILE}/edit").status in (403, 404)


def test_member_finds_initiatives_of_a_land_on_list_and_map(meet: Meet, say: Say) -> None:
    member = meet("mitglied")
    member.go("/initiatives/")
    member.field("land").select_option("BW")
    member.press("Filter")
    assert member.sees("Innovationsregion Hohenlohe") and not member.sees("Antrieb Nordhessen")
    member.follow(say("Map"))
    assert member.page.locator("main svg.map, main .map svg").count() == 1
