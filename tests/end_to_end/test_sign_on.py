"""The single sign-on in a browser: linked once, then the way in; out of the portal and out there."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Meet
from tests.end_to_end.visitor import Visitor
from tests.servers.oidc import Provider

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]
LINK = "#sign-ons .sign-on-way button"


def come_back(visitor: Visitor, subject: str) -> None:
    """Log in at the provider, whose pages are nobody's business here."""
    visitor.page.wait_for_url("**/oauth2/authorize?**")
    visitor.page.locator("input[name=sub]").fill(subject)
    visitor.page.get_by_role("button", name="Authorize").first.click()
    visitor.page.wait_for_url(f"{visitor.url}/**")
    visitor.inspector.complaints.clear()
    visitor.arrive()


def sign_on(visitor: Visitor, path: str, subject: str) -> None:
    """Press the button of the log-in page."""
    visitor.go(path)
    visitor.page.locator(".sign-on-way button").click()
    come_back(visitor, subject)


def log_out(visitor: Visitor) -> None:
    visitor.page.locator("header .menu summary").last.click()
    visitor.leaving(visitor.page.locator("header [data-logout] button").click)


def test_a_sign_on_is_linked_used_and_unlinked(meet: Meet, sign_on_provider: Provider) -> None:
    member, subject = meet(), sign_on_provider.know("lukas", email="neu@portal.example", email_verified=True)
    sign_on(member, "/login", subject)
    member.follow(member.say("Log in and link"))
    member.fill_in("neu@portal.example")
    member.page.locator(LINK).click()
    come_back(member, subject)
    log_out(member)
    assert member.sees(member.say("Log out of %(name)s", name="Netz-ID"))
    sign_on(member, "/login?next=/members/", subject)
    assert member.page.url.endswith("/members/")
    member.go("/me/security")
    member.page.locator("#sign-ons .confirm summary").click()
    member.press("Unlink it")
    assert member.page.locator(LINK).count() == 1
