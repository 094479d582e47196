"""A passkey's life in a browser: made, used for logging in and as a proof, removed. And the app, scanned and typed."""

from __future__ import annotations

import pyotp
import pytest
from playwright.sync_api import expect

from tests.end_to_end.conftest import Meet
from tests.end_to_end.visitor import Visitor
from tests.end_to_end.words import Say

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]
AUTHENTICATOR = {
    **{"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True},
    **{"isUserVerified": True, "automaticPresenceSimulation": True},
}


def give_authenticator(visitor: Visitor) -> None:
    """Put a device that keeps passkeys into the visitor's browser."""
    tools = visitor.context.new_cdp_session(visitor.page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def log_out(visitor: Visitor) -> None:
    visitor.page.locator("header .menu summary").last.click()
    visitor.leaving(visitor.page.locator("header [data-logout] button").click)


def test_a_passkey_is_made_used_and_removed(meet: Meet, say: Say) -> None:
    member = meet()
    give_authenticator(member)
    member.log_in("neu@portal.example")
    member.go("/me/security/passkeys")
    member.press("Add a passkey")
    expect(member.page.locator(".code-list li")).to_have_count(10)
    log_out(member)
    member.go("/login")
    member.press("Log in with a passkey")
    assert member.sees("Lukas Brandl")
    member.go("/me/confirm?next=/me/security/passkeys")
    member.press("Continue with a passkey")
    remove_it(member, say)


def remove_it(member: Visitor, say: Say) -> None:
    """Remove the one passkey, so that the next walk begins as this one did."""
    member.page.locator("main .confirm summary").click()
    member.press("Remove it")
    assert member.sees(say("The passkey is removed.")) or member.page.locator(".list-row").count() == 0


def test_the_app_is_set_up_used_and_removed(meet: Meet, say: Say) -> None:
    member = meet()
    member.log_in("neu@portal.example")
    member.go("/me/security/factor")
    member.press("Begin")
    app = pyotp.TOTP(member.page.locator("[data-copy]").get_attribute("data-copy") or "")
    member.field("code").fill(app.now())
    member.press("Set up")
    codes = member.page.locator(".code-list code").all_inner_texts()
    log_out(member)
    member.log_in("neu@portal.example")
    member.field("code").fill(codes[0])
    member.press("Log in")
    assert member.sees("Lukas Brandl")
    member.go("/me/security/factor")
    member.page.locator("main .confirm summary").click()
    member.press("Remove it")
