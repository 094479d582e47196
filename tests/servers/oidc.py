"""An OpenID provider over HTTP: `oidc-provider-mock`, made strict (PKCE, its own key), and able to lie on demand."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

Forge = Callable[[dict[str, Any], dict[str, Any]], str | None]
Start = Callable[..., Any]


@dataclass
class Provider:
    """The running provider. ``forge`` may change an ID token's header and claims, or give another token instead."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "of the test"}))
    forge: Forge | None = None
    asked: list[str] = field(default_factory=list)
    declares: dict[str, Any] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)

    def know(self, subject: str, **claims: Any) -> str:
        """Have an account, with these claims; gives its subject."""
        answer = requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5)
        assert answer.status_code == 204
        return subject

    def log_in(self, address: str, subject: str) -> str:
        """Do what somebody does in their browser there; gives where they are sent back to."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def sign(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        """A token of these, with the provider's key."""
        return jwt.encode({**header, "kid": self.key.kid}, claims, self.key)

    def public_keys(self) -> dict[str, Any]:
        """What the provider tells of its keys."""
        return dict(KeySet([self.key]).as_dict(private=False))


class Lying:
    """The mock's application with other keys, a check of PKCE's verifier, and claims as the test wants them."""

    def __init__(self, provider: Provider, app: Any) -> None:
        self.provider, self.app = provider, app

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.provider.asked.append(path)
        if path == "/jwks":
            return _answer(start, self.provider.public_keys())
        if path == "/.well-known/openid-configuration":
            return _answer(start, {**self._ask(environ), **self.provider.declares})
        if path == "/oauth2/authorize":
            return self._run(environ, self._noting(environ, start))
        return self._tokens(environ, start) if path == "/oauth2/token" else self._run(environ, start)

    def _noting(self, environ: dict[str, Any], start: Start) -> Start:
        """Keep the challenge of each code that is given (RFC 7636, 4.4)."""
        asked = parse_qs(environ.get("QUERY_STRING", ""))

        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            given = parse_qs(urlsplit(dict(headers).get("Location", "")).query)
            if "code" in given and asked.get("code_challenge_method") == ["S256"]:
                self.provider.challenges[given["code"][0]] = asked["code_challenge"][0]
            return start(status, headers, *more)

        return begin

    def _tokens(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        form = {name: values[0] for name, values in parse_qs(sent.decode()).items()}
        made = hashlib.sha256(form.pop("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(made).rstrip(b"=").decode() != self.provider.challenges.get(form.get("code", "")):
            return _answer(start, {"error": "invalid_grant"}, "400 Bad Request")
        body = urlencode(form).encode()
        found = self._ask({**environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))})
        if "id_token" not in found:
            return _answer(start, found, "400 Bad Request")
        return _answer(start, {**found, "id_token": self._token(found["id_token"])})

    def _token(self, original: str) -> str:
        payload = original.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        header = {"alg": "RS256"}
        claims.pop("at_hash", None)
        instead = self.provider.forge(header, claims) if self.provider.forge else None
        return instead or self.provider.sign(header, claims)

    def _ask(self, environ: dict[str, Any]) -> dict[str, Any]:
        return json.loads(b"".join(self._run(environ, lambda *_: lambda _: None)))

    def _run(self, environ: dict[str, Any], start: Start) -> list[bytes]:
        with warnings.catch_warnings():  # who asks waits for the answer, so nobody else's warnings are lost
            warnings.simplefilter("ignore")
            return list(self.app(environ, start))


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


def _answer(start: Start, body: dict[str, Any], status: str = "200 OK") -> list[bytes]:
    start(status, [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]


@contextmanager
def run_provider(port: int = 0) -> Iterator[Provider]:
    """Serve the provider on a free port of this machine until the block ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports what Authlib will take away one day
        from oidc_provider_mock import app as make_app  # noqa: PLC0415
    app = make_app(require_nonce=True)
    provider = Provider("")
    server = make_server("127.0.0.1", port, Lying(provider, app.wsgi_app), threaded=True, request_handler=_Quiet)
    provider.issuer = f"http://localhost:{server.server_port}"
    serving = Thread(target=lambda: server.serve_forever(0.05))
    serving.start()
    try:
        yield provider
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def later(seconds: float) -> int:
    """The moment that is so many seconds from now, as tokens write it."""
    return int(time.time() + seconds)
