"""The OpenID provider over HTTPS: what it declares, its keys, and codes made into tokens (Authlib)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import structlog
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException, Session

from portal.config import Settings, is_protected
from portal.sign_on.services.refusals import ProviderAway, Refused

log = structlog.get_logger(__name__)
TIMEOUT_S = (3.05, 6.0)  # to connect, between two bytes
KEPT_S, AWAY_S, KEYS_AGAIN_S = 3600.0, 10.0, 60.0
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OPTIONAL = ("userinfo_endpoint", "end_session_endpoint")
BACK = "/login/sign-on/back"


@dataclass
class Provider:
    """The one provider that is set. What it declared and its keys are kept for an hour in each process; while it is
    away nobody waits for it more often than every ten seconds."""

    issuer: str
    client_id: str
    client_secret: str
    scopes: str
    base_url: str
    _metadata: dict[str, Any] = field(default_factory=dict)
    _metadata_at: float = -KEPT_S
    _keys: KeySet | None = None
    _keys_at: float = -KEPT_S
    _away_at: float = -AWAY_S

    def metadata(self) -> dict[str, Any]:
        """What the provider declares (OpenID Connect Discovery 1.0). Raises ProviderAway, also for a wrong issuer."""
        if not self._metadata or time.monotonic() - self._metadata_at > KEPT_S:
            found = self._ask(self._discover)
            self._metadata, self._metadata_at = found, time.monotonic()
        return self._metadata

    def keys(self, again: bool = False) -> KeySet:
        """The keys that the provider signs with; ``again``: asked anew, but at most once a minute."""
        kept, age = self._keys, time.monotonic() - self._keys_at
        if kept is not None and age < (KEYS_AGAIN_S if again else KEPT_S):
            return kept
        address = self.metadata()["jwks_uri"]
        found: KeySet = self._ask(lambda http: KeySet.import_key_set(cast("Any", _get(http, address))))
        self._keys, self._keys_at = found, time.monotonic()
        return found

    def address_of_login(self, state: str, nonce: str, verifier: str, **more: str) -> str:
        """Where the browser goes: authorization code with PKCE (S256), state and nonce. Raises ProviderAway."""
        address = self.metadata()["authorization_endpoint"]
        with self._client() as client:
            url, _state = client.create_authorization_url(address, state, verifier, nonce=nonce, **more)
        return str(url)

    def redeem(self, code: str, verifier: str) -> dict[str, Any]:
        """The tokens for a code. Raises Refused if the provider does not take it, ProviderAway."""
        address = self.metadata()["token_endpoint"]

        def ask(_http: Session) -> dict[str, Any]:
            with self._client() as client:
                sent = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
                return dict(client.fetch_token(address, **sent, allow_redirects=False, timeout=TIMEOUT_S))

        try:
            return self._ask(ask)
        except OAuthError as error:
            log.warning("sign_on_code_refused", error=str(error.error)[:80])
            raise Refused("invalid") from None

    def userinfo(self, access_token: str) -> dict[str, Any]:
        """What the provider says of whom the token is for; {} if it has no such address. Raises ProviderAway."""
        address = self.metadata().get("userinfo_endpoint")
        if not address:
            return {}
        return self._ask(lambda http: _get(http, address, {"Authorization": f"Bearer {access_token}"}))

    def address_of_logout(self) -> str:
        """Where the browser ends its session with the provider; "" if it declares no such address."""
        address = self.metadata().get("end_session_endpoint")
        back = {"client_id": self.client_id, "post_logout_redirect_uri": f"{self.base_url}/"}
        return str(add_params_to_uri(address, list(back.items()))) if address else ""

    @contextmanager
    def _client(self) -> Iterator[Any]:
        client: Any = OAuth2Session(
            self.client_id,
            self.client_secret or None,
            scope=self.scopes,
            redirect_uri=self.base_url + BACK,
            code_challenge_method="S256",
        )
        try:
            yield client
        finally:
            client.close()

    def _discover(self, http: Session) -> dict[str, Any]:
        """The issuer must be the one that is set (ASVS 5.0, 10.5.3), and nothing may go over the net in the open."""
        found = _get(http, self.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise ValueError("the provider calls itself another issuer")
        unsafe = [name for name in NEEDED if not is_protected(str(found.get(name, "")))]
        unsafe += [name for name in OPTIONAL if found.get(name) and not is_protected(str(found[name]))]
        if unsafe:
            raise ValueError("missing or not protected by https: " + ", ".join(unsafe))
        return found

    def _ask(self, question: Callable[[Session], Any]) -> Any:
        if time.monotonic() - self._away_at < AWAY_S:
            raise ProviderAway
        try:
            with Session() as http:
                return question(http)
        except (RequestException, JoseError, ValueError, KeyError, TypeError) as error:
            self._away_at = time.monotonic()
            log.warning("sign_on_provider_away", issuer=self.issuer, error=f"{type(error).__name__}: {error}"[:300])
            raise ProviderAway from None


def _get(http: Session, address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    answer = http.get(address, headers=headers, timeout=TIMEOUT_S, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found


_known: dict[tuple[str, ...], Provider] = {}


def provider_of(settings: Settings) -> Provider:
    """The provider that is set, with what this process knows of it already."""
    about = (settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, settings.oidc_scopes)
    key = (*about, settings.base_url)
    if key not in _known:
        _known[key] = Provider(*key)
    return _known[key]
