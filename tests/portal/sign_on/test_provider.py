"""The provider: what it declares is checked and kept; while it is away everything else goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from portal.config import Settings
from portal.extensions import db
from portal.login.services.throttling import count_try
from portal.sign_on.services import provider as providers
from portal.sign_on.services.provider import Provider as Client
from portal.sign_on.services.refusals import ProviderAway
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, address
from tests.portal.sign_on.walking import Walk, link, reason
from tests.servers.oidc import Provider
from tests.servers.process import find_free_port

Begin = Callable[..., Walk]
WELL_KNOWN = "/.well-known/openid-configuration"


def client_of(issuer: str) -> Client:
    return Client(issuer, "portal", "", "openid email", "http://localhost")


def test_without_it_there_is_no_button(client: PortalClient, login: Any) -> None:
    assert "sign-on" not in client.get("/login").text
    assert "sign-on" not in login("member").get("/me/security").text


def test_while_it_is_away_passwords_go_on(client: PortalClient, provider: Provider, settings: Settings) -> None:
    settings.oidc_issuer = f"http://localhost:{find_free_port()}"
    answer = client.post("/login/sign-on", follow_redirects=True)
    assert answer.status_code == 503 and "Netz-ID" in answer.text and "/login" in answer.text
    assert client.post("/login", data={"email": address("member"), "password": PASSWORD}).status_code == 302


def test_while_it_is_away_nobody_waits_for_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    away = client_of(f"http://localhost:{find_free_port()}")
    monkeypatch.setattr(providers, "_get", lambda *_: asked.append("") or {}["issuer"])
    for _time in range(3):
        with pytest.raises(ProviderAway):
            away.metadata()
    assert len(asked) == 1


def test_what_it_declares_is_asked_for_once(walk: Begin, provider: Provider) -> None:
    link("member", provider, provider.know("mia"))
    provider.asked.clear()
    for _time in range(2):
        assert reason(walk().sign_on("mia")) == ""
    assert (provider.asked.count(WELL_KNOWN), provider.asked.count("/jwks")) == (1, 1)


def test_a_new_key_is_asked_for_at_most_once_a_minute(walk: Begin, provider: Provider) -> None:
    link("member", provider, provider.know("mia"))
    walk().sign_on("mia")
    provider.key = RSAKey.generate_key(2048, {"kid": "new"})
    assert reason(walk().sign_on("mia")) == "invalid"
    (client,) = providers._known.values()
    client._keys_at -= providers.KEYS_AGAIN_S
    assert reason(walk().sign_on("mia")) == ""


def test_nobody_waits_for_it_while_a_transaction_is_open(
    walk: Begin, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    link("member", provider, provider.know("mia"))
    ask, held = providers._get, []
    monkeypatch.setattr(providers, "_get", lambda *words: held.append(db.session().in_transaction()) or ask(*words))
    walk().sign_on("mia")
    assert len(held) >= 2 and not any(held)


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://id.example/token"},
        {"jwks_uri": "ftp://id.example/keys"},
        {"authorization_endpoint": ""},
        {"end_session_endpoint": "http://id.example/out"},
    ],
)
def test_a_declaration_that_is_not_safe_is_not_followed(provider: Provider, lie: dict[str, str]) -> None:
    provider.declares = lie
    with pytest.raises(ProviderAway):
        client_of(provider.issuer).metadata()


def test_logging_out_ends_the_session_and_offers_to_log_out_there(walk: Begin, provider: Provider) -> None:
    link("member", provider, provider.know("mia"))
    visit = walk()
    visit.sign_on("mia")
    assert visit.client.post("/logout").location == "/login/sign-on/left"
    assert not visit.is_inside()
    assert f"{provider.issuer}/oauth2/end_session?client_id=portal" in visit.client.get("/login/sign-on/left").text


def test_who_linked_an_account_is_logged_in_there_too(walk: Begin, provider: Provider, login: Any) -> None:
    visit = walk(login("member"))
    visit.sign_on(provider.know("mia"), "/me/security/sign-ons")
    assert visit.client.post("/logout").location == "/login/sign-on/left"


def test_who_came_by_password_is_not_led_to_the_provider(client: PortalClient, provider: Provider) -> None:
    client.post("/login", data={"email": address("member"), "password": PASSWORD})
    assert client.post("/logout").location == "/"


def test_tries_of_a_network_that_come_to_nothing_are_counted(walk: Begin, provider: Provider) -> None:
    for _time in range(60):
        count_try(network="127.0.0.1")
    assert walk().client.post("/login/sign-on").status_code == 429
