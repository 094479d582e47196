"""A passkey's life in a browser: made, used for logging in and as a proof, removed. And the app, scanned and typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pyotp.totp import TOTP

from tests.end_to_end.conftest import Meet
from tests.end_to_end.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]
YES = dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"), True)
AUTHENTICATOR = {"protocol": "ctap2", "transport": "internal", **YES}


def give_authenticator(visitor: Visitor) -> None:
    """Put a device that keeps passkeys into the visitor's browser."""
    tools = visitor.context.new_cdp_session(visitor.page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def log_out(visitor: Visitor) -> None:
    visitor.page.locator("header .menu summary").last.click()
    visitor.leaving(visitor.page.locator("header [data-logout] button").click)


def test_a_passkey_is_made_used_and_removed(meet: Meet) -> None:
    member = meet()
    give_authenticator(member)
    member.log_in("neu@portal.example")
    member.go("/me/security/passkeys")
    member.press("Add a passkey")
    expect(member.page.locator(".code-list li")).to_have_count(10)
    for way in (press_the_button, choose_in_the_field):
        log_out(member)
        member.go("/login")
        member.leaving(lambda way=way: way(member))
        assert member.sees("Lukas Brandl")
    member.go("/me/confirm?next=/me/security/passkeys")
    member.press("Continue with a passkey")
    remove_it(member)
    expect(member.page.locator("main .confirm")).to_have_count(0)


def press_the_button(member: Visitor) -> None:
    """Send the form by no key and no pointer: the field has not asked for anything yet."""
    member.page.evaluate("document.querySelector('form[data-passkey]').requestSubmit()")


def choose_in_the_field(member: Visitor) -> None:
    """Go to the field for the address, where the browser offers the passkey; this one takes it at once."""
    assert member.field("email").get_attribute("autocomplete") == "username webauthn"
    member.field("email").focus()


def remove_it(member: Visitor) -> None:
    """Remove the one passkey or app, so that the next walk begins as this one did."""
    member.page.locator("main .confirm summary").click()
    member.press("Remove it")


def test_the_app_is_set_up_used_and_removed(meet: Meet) -> None:
    member = meet()
    member.log_in("neu@portal.example")
    member.go("/me/security/factor")
    member.press("Begin")
    app = TOTP(member.page.locator("[data-copy]").get_attribute("data-copy") or "")
    member.field("code").fill(app.now())
    member.press("Set up")
    codes = member.page.locator(".code-list code").all_inner_texts()
    log_out(member)
    member.log_in("neu@portal.example")
    member.field("code").fill(codes[0])
    member.press("Log in")
    assert member.sees("Lukas Brandl")
    member.go("/me/security/factor")
    remove_it(member)
