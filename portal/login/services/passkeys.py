"""Passkeys: discoverable WebAuthn credentials. The device asks for its owner, so one is both factors at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.audit.services.recording import record
from portal.database import unit_of_work, utcnow
from portal.errors import Invalid, NotFound
from portal.extensions import db
from portal.login.models import Passkey, PasskeyChallenge
from portal.login.services.factors import forget_useless_codes, needs_factor
from portal.login.services.notices import tell_owner
from portal.login.services.sessions import keep_proven
from portal.login.services.tokens import hash_token, new_token
from portal.members.models import Member
from portal.permissions.actor import Actor

LIFETIME = timedelta(minutes=5)
MOST_PASSKEYS = 20
REQUIRED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True)
class Site:
    """What passkeys are bound to: the host of the portal's address, and the address without a path."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True)
class Question:
    """What the browser's device is to sign (JSON for the page), and the token that only this browser keeps."""

    options: str
    token: str


def list_passkeys(member: Actor) -> list[Passkey]:
    """The member's own passkeys, oldest first."""
    own = select(Passkey).where(Passkey.member_id == member.id).order_by(Passkey.created_at, Passkey.id)
    return list(db.session.scalars(own))


def ask_to_register(member: Actor, site: Site) -> Question:
    """Begin a registration: the device makes a new key, unless it holds one for this account already."""
    known = [PublicKeyCredentialDescriptor(base64url_to_bytes(one.credential_id)) for one in list_passkeys(member)]
    selection = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED, require_resident_key=True
    )
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=f"member-{member.id}".encode(),
        user_name=member.email,
        user_display_name=member.name,
        authenticator_selection=selection,
        exclude_credentials=known,
    )
    return Question(options_to_json(options), _keep(options.challenge, "register", member.id))


def create_passkey(member: Actor, site: Site, token: str, credential: str, name: str) -> Passkey:
    """Keep the public half of a new passkey. Raises Invalid for an answer that does not fit the question."""
    challenge = _take(token, "register", member.id)
    if len(list_passkeys(member)) >= MOST_PASSKEYS:
        raise Invalid("There are too many passkeys already. Remove one first.", "name")
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        raise _refused() from None
    number = bytes_to_base64url(made.credential_id)
    if len(number) > 1400 or db.session.scalar(select(Passkey.id).where(Passkey.credential_id == number)):
        raise Invalid("This passkey is known already.", "name")
    row = Passkey(member_id=member.id, credential_id=number, public_key=made.credential_public_key)
    row.sign_count, row.name = made.sign_count, name.strip()[:80]
    is_first = not needs_factor(row.member_id)
    db.session.add(row)
    db.session.flush()
    keep_proven(member, is_first)
    record(member, "passkey.added", "member", member.id, {"name": member.name, "passkey": row.name})
    tell_owner(member.id, "passkey_added", passkey=row.name)
    return row


def ask_to_prove(purpose: str, member: Actor, site: Site) -> Question:
    """Begin a proof (``enter`` or ``confirm``): any of the portal's passkeys may answer, or one of the member's."""
    known = [PublicKeyCredentialDescriptor(base64url_to_bytes(one.credential_id)) for one in list_passkeys(member)]
    options = generate_authentication_options(rp_id=site.host, allow_credentials=known, user_verification=REQUIRED)
    return Question(options_to_json(options), _keep(options.challenge, purpose, member.id))


def check_passkey(purpose: str, member: Actor, site: Site, token: str, credential: str) -> int:
    """Take a passkey's answer as a proof; gives the number of the active member whose passkey it is.

    Raises Invalid for a wrong answer, another question's, or a copied device (its count goes backwards)."""
    challenge = _take(token, purpose, member.id)
    row = _find_by_answer(credential)
    if row is None or (member.id is not None and row.member_id != member.id):
        raise Invalid("This passkey is not known here.")
    try:
        proof = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        raise _refused() from None
    seen = (Passkey.id == row.id, Passkey.sign_count == row.sign_count)
    used = update(Passkey).where(*seen).values(sign_count=proof.new_sign_count, used_at=utcnow())
    if db.session.execute(used).rowcount != 1:  # type: ignore[attr-defined]
        raise _refused()
    return row.member_id


def rename_passkey(member: Actor, passkey_id: int, name: str) -> None:
    """Give one of the member's own passkeys another name. Raises NotFound, Invalid for an empty one."""
    if not name.strip():
        raise Invalid("Give the passkey a name.", "name")
    _own(member, passkey_id).name = name.strip()[:80]
    db.session.flush()


def remove_passkey(member: Actor, passkey_id: int) -> None:
    """Forget one of the member's own passkeys: it lets nobody in any more. Raises NotFound."""
    row = _own(member, passkey_id)
    db.session.execute(delete(Passkey).where(Passkey.id == row.id))
    record(member, "passkey.removed", "member", member.id, {"name": member.name, "passkey": row.name})
    tell_owner(member.id, "passkey_removed", passkey=row.name)
    forget_useless_codes(member.id)


def _own(member: Actor, passkey_id: int) -> Passkey:
    own = select(Passkey).where(Passkey.id == passkey_id, Passkey.member_id == member.id)
    row = db.session.scalar(own.with_for_update())
    if row is None:
        raise NotFound
    return row


def _find_by_answer(credential: str) -> Passkey | None:
    try:
        number = bytes_to_base64url(parse_authentication_credential_json(credential).raw_id)
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise _refused() from None
    active = select(Passkey).join(Member, Member.id == Passkey.member_id).where(Member.state == "active")
    return db.session.scalar(active.where(Passkey.credential_id == number))


def _keep(challenge: bytes, purpose: str, member_id: int | None) -> str:
    token = new_token()
    row = PasskeyChallenge(token_hash=hash_token(token), challenge=challenge, purpose=purpose, member_id=member_id)
    row.expires_at = utcnow() + LIFETIME
    db.session.add(row)
    db.session.flush()
    return token


def _take(token: str, purpose: str, member_id: int | None) -> bytes:
    """The challenge, once: in a unit of work of its own, so that it is gone after a wrong answer too."""
    asked = (PasskeyChallenge.token_hash == hash_token(token), PasskeyChallenge.expires_at > utcnow())
    with unit_of_work():
        row = db.session.execute(
            delete(PasskeyChallenge)
            .where(*asked)
            .returning(PasskeyChallenge.challenge, PasskeyChallenge.purpose, PasskeyChallenge.member_id)
        ).one_or_none()
    if row is None or (row.purpose, row.member_id) != (purpose, member_id):
        raise _refused()
    return row.challenge


def _refused() -> Invalid:
    return Invalid("The passkey was not accepted. Please try again.")
