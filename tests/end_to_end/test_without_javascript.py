"""The same portal in a browser that runs no scripts: slower to use, with everything in it."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Meet
from tests.end_to_end.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]
MEETING = "/events/netzwerktreffen-2023"
PROFILE = "/initiatives/unternehmensnetzwerk-neukoelln"


def meet_plainly(meet: Meet, email: str) -> Visitor:
    """Somebody who logs in without scripts."""
    visitor = meet(java_script_enabled=False)
    visitor.has_scripts = False
    visitor.log_in(email)
    return visitor


def test_member_reads_looks_downloads_and_logs_out(meet: Meet) -> None:
    member = meet_plainly(meet, "mitglied@portal.example")
    member.follow("Netzwerktreffen 2023")
    assert member.sees("Hereinspaziert", "Hiergeblieben")
    slides = member.page.locator("main a[href$='.pptx']").first.get_attribute("href")
    member.page.locator("main a[href*='/photos']").first.click()
    photo = member.page.locator("[data-gallery] a").first.get_attribute("href")
    assert [member.page.request.get(f"{member.url}{path}").status for path in (photo, slides)] == [200, 200]
    member.page.locator("header .menu summary").last.click()
    member.leaving(member.page.locator("header [data-logout] button").click)
    member.go("/me")
    assert "/login" in member.page.url


def test_editor_previews_saves_compares_and_restores(meet: Meet, language: str) -> None:
    editor = meet_plainly(meet, "neukoelln@portal.example")
    for claim in (f"Von Tür zu Tür ({language})", f"Nebenan ({language})"):
        editor.go(f"{PROFILE}/edit")
        editor.field("claim").fill(claim)
        editor.press("Preview")
        editor.press("Save")
        assert editor.sees(claim)
    editor.go(f"{PROFILE}/revisions")
    editor.press("Compare the chosen versions")
    editor.leaving(editor.page.locator("main form button.btn").first.click)
    editor.go(PROFILE)
    assert editor.sees(f"Von Tür zu Tür ({language})")
