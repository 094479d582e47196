"""The stories that the portal is for, each walked in German and in English."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.end_to_end.conftest import Meet
from tests.end_to_end.words import Say

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]
MEETING = "/events/netzwerktreffen-2023"
LAB = "Hereinspaziert"


def test_member_logs_in_and_reads_the_documentation(meet: Meet, say: Say) -> None:
    member = meet()
    member.log_in("mitglied@portal.example")
    assert member.sees("Henrike Voßkamp", say("New reports"), say("Next events"))
    member.follow("Netzwerktreffen 2023")
    assert member.sees(LAB, "Hiergeblieben", say("Pitches"), say("What came out of it"))


def test_member_looks_at_photos_with_the_keyboard(meet: Meet) -> None:
    member = meet("mitglied")
    member.go(f"{MEETING}/photos")
    photo = member.page.locator("[data-gallery] a").first
    photo.focus()
    member.page.keyboard.press("Enter")
    viewer = member.page.locator("#photo-viewer")
    expect(viewer).to_be_visible()
    member.page.keyboard.press("ArrowRight")
    member.page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()


def test_member_downloads_slides(meet: Meet) -> None:
    member = meet("mitglied")
    member.go(MEETING)
    with member.page.expect_download() as waiting:
        member.page.locator("main a[href$='.pptx']").first.click()
    assert waiting.value.suggested_filename.endswith(".pptx")
    assert waiting.value.path().read_bytes()[:2] == b"PK"


def test_a_captured_cookie_is_dead_after_logging_out(meet: Meet) -> None:
    member, thief = meet(), meet()
    member.log_in("mitglied@portal.example")
    thief.context.add_cookies([{**one} for one in member.context.cookies()])  # type: ignore[typeddict-item]
    thief.go("/me")
    assert thief.page.url.endswith("/me")
    member.page.locator("header .menu summary").last.click()
    member.leaving(member.page.locator("header [data-logout] button").click)
    thief.go("/me")
    assert "/login" in thief.page.url


def test_the_public_reads_the_look_back_and_nothing_internal(meet: Meet, say: Say) -> None:
    guest = meet()
    guest.go(MEETING)
    assert guest.sees("Beweglich im Kopf", say("Log in"))
    assert guest.page.locator("main").get_by_role("heading", name=LAB, exact=True).count() == 0
    assert guest.page.locator("main a[href*='/files/']").count() == 0


def test_the_public_does_not_find_what_is_internal(meet: Meet) -> None:
    guest = meet()
    guest.go("/search/?q=Getriebekoffer")
    assert guest.page.locator("main article").count() == 0


def test_the_public_is_told_where_the_rest_is(meet: Meet, say: Say) -> None:
    guest = meet()
    guest.go(MEETING)
    hint = guest.link(say("Log in"))
    guest.tab_to(hint)
    guest.leaving(lambda: guest.page.keyboard.press("Enter"))
    assert "/login?next=/events/netzwerktreffen-2023" in guest.page.url
