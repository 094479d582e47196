"""Language and colours as somebody chose them, and the small screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.end_to_end.conftest import Meet
from tests.end_to_end.words import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]
PHONE = {"width": 390, "height": 844}
PAGES = (
    *("/", "/events/", "/events/netzwerktreffen-2023", "/initiatives/", "/initiatives/map"),
    *("/initiatives/innovationsregion-hohenlohe", "/search/?q=Fachkraft", "/members/", "/me"),
)


def test_the_language_is_remembered(meet: Meet, language: str) -> None:
    guest, other = meet(), {"de": "en", "en": "de"}[language]
    guest.go("/login")
    guest.page.locator("header .menu summary").first.click()
    guest.leaving(guest.page.locator(f"header button[name=locale][value={other}]").click)
    guest.go("/login")
    assert guest.page.locator("html").get_attribute("lang") == other
    assert guest.sees(speak(other)("Stay logged in on this device for 30 days"))


def test_the_colours_are_remembered(meet: Meet) -> None:
    guest = meet()
    guest.go("/login")
    guest.page.locator("header .menu summary").first.click()
    with guest.page.expect_response("**/preferences/theme"):
        guest.page.locator("header button[name=theme][value=dark]").click()
    guest.go("/login")
    expect(guest.page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_every_page_fits_a_phone(meet: Meet) -> None:
    member = meet("mitglied", viewport=PHONE)
    for path in PAGES:
        assert member.go(path).status == 200
    member.page.locator(".bottom-bar summary").click()
    expect(member.page.locator(".bottom-bar [data-logout] button")).to_be_visible()
