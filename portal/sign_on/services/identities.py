"""From an ID token to who somebody is: everything that OpenID Connect Core 1.0, 3.1.3.7 asks to be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry

from portal.config import Settings
from portal.sign_on.services.provider import Provider
from portal.sign_on.services.refusals import Refused

# Signatures with a key pair only: neither "none" nor a shared secret, whatever the provider declares.
ALGORITHMS = frozenset("RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split())  # noqa: SIM905
LEEWAY_S = 60
ADDRESS = ("email", "email_verified")  # one without the other says nothing
OLDEST_S = 600  # how old a token may be when it arrives


@dataclass(frozen=True)
class Identity:
    """What a provider says of somebody. ``email`` is "" unless verified; ``groups``: those it put them into, None if it
    said nothing of groups.

    ``vouched``: they showed it a second factor; ``proved_at``: when they last showed it who they are, if it says so."""

    issuer: str
    subject: str
    email: str
    account: str
    groups: frozenset[str] | None
    vouched: bool
    proved_at: datetime | None


def read_identity(provider: Provider, tokens: dict[str, Any], nonce: str, settings: Settings) -> Identity:
    """Who the tokens are about. Raises Refused for a token that is not what was asked for, ProviderAway."""
    try:
        claims = _checked(provider, tokens, nonce)
    except (JoseError, ValueError, TypeError, KeyError):
        raise Refused("invalid") from None
    claims = _completed(provider, tokens, claims, settings.oidc_groups_claim if settings.oidc_roles else "email")
    email = claims.get("email") if claims.get("email_verified") is True else ""
    shown = claims.get("email") or claims.get("preferred_username") or claims.get("name") or ""
    proved_at = claims.get("auth_time")
    return Identity(
        issuer=claims["iss"],
        subject=claims["sub"],
        email=email.strip().lower() if isinstance(email, str) else "",
        account=str(shown)[:254],
        groups=_groups(claims, settings.oidc_groups_claim),
        vouched=bool(settings.oidc_factor_values & _methods(claims)),
        proved_at=datetime.fromtimestamp(proved_at, UTC) if isinstance(proved_at, int | float) else None,
    )


def _checked(provider: Provider, tokens: dict[str, Any], nonce: str) -> dict[str, Any]:
    declared = provider.metadata().get("id_token_signing_alg_values_supported") or ["RS256"]
    allowed = JWSRegistry(algorithms=sorted(ALGORITHMS & set(declared)), strict_check_header=False)
    try:
        token = jwt.decode(tokens["id_token"], provider.keys(), registry=allowed)
    except (InvalidKeyIdError, ValueError):  # signed with a key that came after we asked
        token = jwt.decode(tokens["id_token"], provider.keys(again=True), registry=allowed)
    wanted = {"iss": {"essential": True, "value": provider.issuer}, "aud": {"essential": True}}
    known = {"nonce": nonce, "client_id": provider.client_id, "access_token": tokens.get("access_token")}
    claims = CodeIDToken(token.claims, token.header, wanted, known)
    claims.validate(leeway=LEEWAY_S)
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    subject, age = claims["sub"], datetime.now(UTC).timestamp() - claims["iat"]
    if provider.client_id not in audience or age > OLDEST_S:
        raise ValueError("for somebody else, or too old")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise ValueError("no subject")
    return dict(claims)


def _completed(provider: Provider, tokens: dict[str, Any], claims: dict[str, Any], needed: str) -> dict[str, Any]:
    """Some providers put the address and the groups only where they can be asked for."""
    if all(name in claims for name in ADDRESS) and _find(claims, needed) is not None:
        return claims
    more = provider.userinfo(str(tokens.get("access_token", "")))
    if more and more.get("sub") != claims["sub"]:
        raise Refused("invalid")
    return {**more, **claims, **_address(claims, more)}


def _address(claims: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Address and whether it is verified, both by one document: nobody vouched for a pair of two."""
    is_whole = all(name in claims for name in ADDRESS)
    source = claims if is_whole or "email" not in more else more
    return {name: source.get(name) for name in ADDRESS}


def _groups(claims: dict[str, Any], name: str) -> frozenset[str] | None:
    found = _find(claims, name)
    if found is None:
        return None
    values = found if isinstance(found, list) else str(found or "").split()
    return frozenset(str(one) for one in values)


def _find(claims: dict[str, Any], name: str) -> Any:
    """A claim; a dot in its name leads into an object, as in Keycloak's ``realm_access.roles``."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _methods(claims: dict[str, Any]) -> set[str]:
    given = claims.get("amr")
    methods = {str(one) for one in given} if isinstance(given, list) else set()
    return (methods | {str(claims.get("acr") or "")}) - {""}
