"""Whether the single sign-on would work as it is set, for the operator."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.config import Settings
from portal.extensions import db
from portal.login.services.sign_ons import count_unlinked
from portal.members.models import Member
from portal.permissions.services.roles import list_roles
from portal.sign_on.services.identities import ALGORITHMS
from portal.sign_on.services.provider import BACK, Provider
from portal.sign_on.services.refusals import ProviderAway


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, whether it is right, and what to know of it."""

    name: str
    is_right: bool
    text: str = ""


def check_sign_on(provider: Provider, settings: Settings) -> list[Finding]:
    """Ask the provider, and compare the settings with the portal's roles and members."""
    return [
        _check_provider(provider),
        *_check_roles(settings),
        *_check_break_glass(settings),
        *_count_unlinked(settings),
    ]


def _check_provider(provider: Provider) -> Finding:
    try:
        declared, _keys = provider.metadata(), provider.keys()
    except ProviderAway:
        return Finding("sign-on", False, f"{provider.issuer} does not answer as an OpenID provider; the log says why")
    signs = set(declared.get("id_token_signing_alg_values_supported") or ["RS256"])
    if not signs & ALGORITHMS:
        return Finding("sign-on", False, f"signs only by {', '.join(sorted(signs))}, which is not safe enough")
    return Finding("sign-on", True, f"let {provider.issuer} send people back to {provider.base_url}{BACK}")


def _check_roles(settings: Settings) -> list[Finding]:
    unknown = {role for _group, role in settings.oidc_role_pairs} - {role.name for role in list_roles()}
    return [Finding("sign-on's roles", False, f"no such role: {', '.join(sorted(unknown))}")] if unknown else []


def _check_break_glass(settings: Settings) -> list[Finding]:
    if settings.local_login:
        return []
    usable = (Member.email.in_(settings.break_glass_addresses), Member.state == "active", Member.password_hash != "")
    found = list(db.session.scalars(select(Member.email).where(*usable).order_by(Member.email)))
    text = ", ".join(str(one) for one in found) or "none of the addresses is an active member with a password"
    return [Finding("break glass", bool(found), text)]


def _count_unlinked(settings: Settings) -> list[Finding]:
    """Who is never linked by signing on, and locked out while local log-in is off: no fault, but to be known before."""
    count = count_unlinked(settings.oidc_issuer, settings.break_glass_addresses)
    text = f"{count} active members have a second factor and no linked account: without local log-in they can't get in"
    return [Finding("sign-on's members", True, text)] if count else []
