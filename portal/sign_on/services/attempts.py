"""Somebody is sent to the provider and comes back: with the same browser, for the same purpose, once.

Only the browser's cookie holds the secret; state, nonce and PKCE's verifier come from it, so no row gives them away."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete

from portal.database import utcnow
from portal.extensions import db
from portal.login.models import SignOnAttempt
from portal.login.services.tokens import hash_token, new_token
from portal.permissions.actor import Actor
from portal.sign_on.services.provider import Provider
from portal.sign_on.services.refusals import Refused

LIFETIME = timedelta(minutes=10)
Purpose = Literal["enter", "link", "confirm"]
# A new proof: the provider asks again, and says when it did (OpenID Connect Core 1.0, 3.1.2.1).
PROVE_AGAIN = {"prompt": "login", "max_age": "0"}


@dataclass(frozen=True)
class Sent:
    """What was meant when somebody was sent to the provider."""

    purpose: str
    member_id: int | None
    wanted: str
    began_at: datetime


@dataclass(frozen=True)
class Leave:
    """Where the browser goes, and the secret that only it keeps."""

    url: str
    token: str


def begin_attempt(member: Actor, purpose: Purpose, wanted: str, provider: Provider) -> Leave:
    """Send somebody to the provider, who come back to ``wanted``. Raises ProviderAway before anything is written."""
    token = new_token()
    more = PROVE_AGAIN if purpose == "confirm" else {}
    url = provider.address_of_login(state_of(token), nonce_of(token), verifier_of(token), **more)
    row = SignOnAttempt(token_hash=hash_token(token), purpose=purpose, member_id=member.id, wanted=wanted)
    row.expires_at = utcnow() + LIFETIME
    db.session.add(row)
    db.session.flush()
    return Leave(url, token)


def take_attempt(member: Actor, token: str, state: str) -> Sent:
    """What this browser was sent for. Raises Refused for another browser's state, a used or an old one, and if
    somebody else is logged in by now."""
    if not token or not hmac.compare_digest(state_of(token).encode(), state.encode()):
        raise Refused("stale")
    mine = (SignOnAttempt.token_hash == hash_token(token), SignOnAttempt.expires_at > utcnow())
    columns = (SignOnAttempt.purpose, SignOnAttempt.member_id, SignOnAttempt.wanted, SignOnAttempt.created_at)
    row = db.session.execute(delete(SignOnAttempt).where(*mine).returning(*columns)).one_or_none()
    if row is None or (row.purpose != "enter" and row.member_id != member.id):
        raise Refused("stale")
    return Sent(*row)


def state_of(token: str) -> str:
    """What the provider gives back, so that nobody else's answer is taken for this browser's."""
    return _derive(token, "state")


def nonce_of(token: str) -> str:
    """What the ID token must hold, so that no other one is taken."""
    return _derive(token, "nonce")


def verifier_of(token: str) -> str:
    """What makes the code worth something (RFC 7636): 43 characters."""
    return _derive(token, "verifier")


def _derive(token: str, purpose: str) -> str:
    digest = hmac.new(token.encode(), f"portal: sign-on, {purpose}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
