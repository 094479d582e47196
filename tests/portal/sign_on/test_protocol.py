"""What a provider's answer is taken for: only what this browser was sent for, once, checked in every part."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import select

from portal.config import Settings
from portal.database import utcnow
from portal.extensions import db
from portal.login.models import SignOnAttempt
from tests.fixtures.people import address
from tests.portal.login.factors import let_proof_grow_old
from tests.portal.sign_on.walking import Walk, actions, link, reason
from tests.servers.oidc import Provider, later

Begin = Callable[..., Walk]
Claims = dict[str, Any]


@pytest.fixture(autouse=True)
def known(app: object, provider: Provider) -> None:
    """Mia's and Otto's accounts are linked."""
    for subject, who in (("mia", "member"), ("otto", "other")):
        link(who, provider, provider.know(subject, email=address(who), email_verified=True))


def replaced(back: str, **parts: str) -> str:
    """The address of coming back, with other parts."""
    for name, value in parts.items():
        back = re.sub(rf"(?<={name}=)[^&]+", value, back)
    return back


def test_the_browser_is_sent_with_all_that_protects_the_way(walk: Begin) -> None:
    asked = parse_qs(urlsplit(walk().leave()).query)
    assert asked["response_type"] == ["code"] and asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) == 43 for name in ("state", "nonce", "code_challenge"))
    assert asked["scope"] == ["openid email profile"] and asked["client_id"] == ["portal"]


def test_the_way_back_is_by_the_set_address_whatever_the_host_says(walk: Begin, settings: Settings) -> None:
    page = walk().client.post("/login/sign-on", headers={"Host": "localhost:99", "X-Forwarded-Host": "evil.example"})
    assert parse_qs(urlsplit(page.text).query)["amp;redirect_uri"] == [settings.base_url + "/login/sign-on/back"]


def test_no_secret_of_the_way_is_in_the_database(walk: Begin) -> None:
    visit = walk()
    asked = parse_qs(urlsplit(visit.leave()).query)
    secret = visit.client.get_cookie("portal_sign_on").value  # type: ignore[union-attr]
    (row,) = db.session.execute(select(SignOnAttempt.__table__)).all()
    assert not any(one in repr(row) for one in (secret, asked["state"][0], asked["nonce"][0]))


def test_an_answer_is_taken_once(walk: Begin) -> None:
    visit = walk()
    back = visit.back_from(visit.leave(), "mia")
    assert visit.client.get(back).status_code == 302
    visit.client.post("/logout")
    assert reason(visit.client.get(back)) == "stale" and not visit.is_inside()


def test_an_answer_is_taken_once_though_the_cookie_is_brought_back(walk: Begin) -> None:
    visit, thief = walk(), walk()
    back = visit.back_from(visit.leave(), "mia")
    thief.client.set_cookie("portal_sign_on", visit.client.get_cookie("portal_sign_on").value)  # type: ignore[union-attr]
    assert visit.client.get(back).status_code == 302
    assert reason(thief.client.get(back)) == "stale" and not thief.is_inside()


def test_what_else_changes_the_session_meanwhile_does_not_lose_the_way(walk: Begin) -> None:
    visit = walk()
    visit.client.get("/login")
    before = visit.client.get_cookie("portal")
    back = visit.back_from(visit.leave(), "mia")
    visit.client.set_cookie("portal", before.value if before else "")
    assert visit.client.get(back).location == "/"


def test_another_browsers_answer_is_not_taken(walk: Begin) -> None:
    visit, victim = walk(), walk()
    victim.leave()
    assert reason(victim.client.get(visit.back_from(visit.leave(), "otto"))) == "stale"
    assert reason(walk().client.get(visit.back_from(visit.leave(), "otto"))) == "stale"
    assert not victim.is_inside()


def test_a_swapped_code_is_worth_nothing(walk: Begin) -> None:
    visit, attacker = walk(), walk()
    code = parse_qs(urlsplit(attacker.back_from(attacker.leave(), "otto")).query)["code"][0]
    assert reason(visit.client.get(replaced(visit.back_from(visit.leave(), "mia"), code=code))) == "invalid"
    assert not visit.is_inside()


def test_a_swapped_state_is_worth_nothing(walk: Begin) -> None:
    visit = walk()
    assert reason(visit.client.get(replaced(visit.back_from(visit.leave(), "mia"), state="s" * 43))) == "stale"
    assert not visit.is_inside()


def test_an_answer_after_ten_minutes_is_not_taken(walk: Begin) -> None:
    visit = walk()
    back = visit.back_from(visit.leave(), "mia")
    with time_machine.travel(utcnow().timestamp() + 601):
        assert reason(visit.client.get(back)) == "stale"
    assert not visit.is_inside()


LIES: dict[str, Claims] = {
    "another nonce": {"nonce": "n" * 43},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://evil.example"},
    "the issuer with a slash": {"iss": "+/"},
    "another audience": {"aud": "another client"},
    "another audience beside": {"aud": ["portal", "another client"]},
    "for another party": {"azp": "another client"},
    "expired": {"exp": later(-120)},
    "no end": {"exp": None},
    "old": {"iat": later(-3600)},
    "from the future": {"iat": later(86_400)},
    "no beginning": {"iat": None},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a long subject": {"sub": "s" * 256},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_token_that_was_not_asked_for_is_refused(walk: Begin, provider: Provider, lie: Claims) -> None:
    def forge(header: Claims, claims: Claims) -> None:
        for name, value in lie.items():
            claims[name] = claims[name] + value[1:] if value == "+/" else value
            if value is None:
                del claims[name]

    provider.forge, visit = forge, walk()
    assert reason(visit.sign_on("mia")) == "invalid"
    assert not visit.is_inside() and actions()[-1] == "sign_on.refused"


def test_the_same_token_untouched_is_taken(walk: Begin, provider: Provider) -> None:
    provider.forge = lambda header, claims: None
    assert walk().sign_on("mia").location == "/"


def _unsigned(header: Claims, claims: Claims) -> str:
    parts = (json.dumps(one).encode() for one in ({"alg": "none"}, claims))
    return ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in parts) + "."


def _by_secret(header: Claims, claims: Claims) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("secret of the client"), algorithms=["HS256"])


def _by_another_key(header: Claims, claims: Claims) -> str:
    key = RSAKey.generate_key(2048, {"kid": "of the test"})
    return jwt.encode({"alg": "RS256", "kid": "of the test"}, claims, key)


@pytest.mark.parametrize("forge", [_unsigned, _by_secret, _by_another_key, lambda *_: "not.a.token"])
def test_a_signature_must_be_the_providers(walk: Begin, provider: Provider, forge: Any) -> None:
    provider.forge, visit = forge, walk()
    provider.declares = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    assert reason(visit.sign_on("mia")) == "invalid"
    assert not visit.is_inside()


def test_another_subject_in_the_token_is_another_account(walk: Begin, provider: Provider) -> None:
    visit = walk()
    provider.forge = lambda header, claims: claims.update(sub="nobody")
    assert reason(visit.sign_on("mia")) == "taken" and not visit.is_inside()


@pytest.mark.parametrize(("part", "why"), [("", "invalid"), ("&iss=https://evil.example", "invalid"), ("&iss=own", "")])
def test_an_answer_names_its_provider_where_it_says_so(walk: Begin, provider: Provider, part: str, why: str) -> None:
    provider.declares = {"authorization_response_iss_parameter_supported": True}
    visit = walk()
    back = visit.back_from(visit.leave(), "mia") + part.replace("own", provider.issuer)
    assert reason(visit.client.get(back)) == why


def test_an_error_of_the_provider_is_told_neutrally(walk: Begin) -> None:
    visit = walk()
    state = parse_qs(urlsplit(visit.leave()).query)["state"][0]
    words = "error=access_denied&error_description=%3Cb%3EQuastenflosser%3C/b%3E"
    answer = visit.client.get(f"/login/sign-on/back?{words}&state={state}", follow_redirects=True)
    assert answer.status_code == 403 and "Netz-ID" in answer.text
    assert "Quastenflosser" not in answer.text and "access_denied" not in answer.text


def test_coming_back_without_having_left_changes_nothing(walk: Begin) -> None:
    before = actions()
    assert reason(walk().client.get("/login/sign-on/back?code=x&state=y")) == "stale"
    assert actions() == before


def test_a_log_in_replaces_the_session_that_there_was(walk: Begin, login: Any) -> None:
    visit = walk(login("other"))
    old = visit.client.get_cookie("portal").value  # type: ignore[union-attr]
    visit.sign_on("mia")
    thief = walk()
    thief.client.set_cookie("portal", old)
    assert "member@netz.example" in visit.client.get("/me/address").text
    assert not thief.is_inside()


def test_the_button_needs_a_token_of_the_form(walk: Begin) -> None:
    assert walk().client.post("/login/sign-on", csrf=False).status_code == 400


def test_a_proof_of_long_ago_at_the_provider_is_no_fresh_one_here(walk: Begin, provider: Provider) -> None:
    provider.forge = lambda header, claims: claims.update(auth_time=later(-3600))
    visit = walk()
    visit.sign_on("mia")
    assert visit.client.get("/me/security/factor").location.startswith("/me/confirm")


def test_a_new_proof_is_one_that_the_provider_asked_for_again(walk: Begin, provider: Provider) -> None:
    visit = walk()
    visit.sign_on("mia")
    let_proof_grow_old()
    there = visit.leave("/me/confirm/sign-on", next="/me/security/factor")
    assert parse_qs(urlsplit(there).query)["prompt"] == ["login"]
    assert visit.client.get(visit.back_from(there, "mia")).location == "/me/security/factor"
    assert visit.client.get("/me/security/factor").status_code == 200


@pytest.mark.parametrize("lie", [{"auth_time": later(-3600)}, {"auth_time": None}, {"sub": "otto"}])
def test_an_old_proof_or_another_account_is_no_new_proof(walk: Begin, provider: Provider, lie: Claims) -> None:
    visit = walk()
    visit.sign_on("mia")
    let_proof_grow_old()
    provider.forge = lambda header, claims: claims.update(lie)
    assert reason(visit.sign_on("mia", "/me/confirm/sign-on")) in ("old_proof", "taken")
    assert visit.client.get("/me/security/factor").location.startswith("/me/confirm")


def test_what_was_begun_by_somebody_else_is_over(walk: Begin, login: Any) -> None:
    visit = walk(login("participant"))
    back = visit.back_from(visit.leave("/me/security/sign-ons"), "somebody")
    visit.client.post("/logout")
    visit.client.post("/login", data={"email": address("coeditor"), "password": "richtig-pferd-batterie"})
    assert reason(visit.client.get(back)) == "stale"
