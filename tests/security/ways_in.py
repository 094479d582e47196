"""Invitations, requests for access and changes of address, each open at its own link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.database import utcnow
from portal.extensions import db
from portal.invitations.models import AccessRequest, Invitation
from portal.login.models import AddressChange
from portal.login.services.tokens import hash_token, new_token
from portal.members.models import Member
from tests.fixtures.people import address


def build_ways_in(world: Any, invited: Member, member_id: int, organisation_id: int) -> dict[str, str]:
    """Write one of each; gives the secrets of their links by the first word of their routes."""
    secrets = {name: new_token() for name in ("invitation", "request", "address", "undo", "joining")}
    soon = utcnow() + timedelta(hours=1)
    shared = {"name": "Ida Geladen", "expires_at": soon}
    bound = {"member_id": invited.id, "email": invited.email}
    joining = Invitation(
        email=address("member"), token_hash=hash_token(secrets["joining"]), organisation_id=organisation_id, **shared
    )
    asked = {"email": "wartet@netz.example", "organisation_name": "Neuwerk", **shared}
    waiting = AccessRequest(token_hash=hash_token(new_token()), confirmed_at=utcnow(), **asked)
    changed = {"member_id": member_id, "old_email": "alt@netz.example", "new_email": "neu@netz.example"}
    undo = {"undo_hash": hash_token(secrets["undo"]), "undo_expires_at": soon, "confirmed_at": utcnow()}
    open_change = {**changed, "old_email": db.session.get_one(Member, member_id).email}
    rows = [
        Invitation(token_hash=hash_token(secrets["invitation"]), **bound, **shared),
        AccessRequest(token_hash=hash_token(secrets["request"]), **{**asked, "email": "fragt@netz.example"}),
        AddressChange(token_hash=hash_token(secrets["address"]), expires_at=soon, **open_change),
        AddressChange(token_hash=hash_token(new_token()), expires_at=soon, **undo, **changed),
    ]
    db.session.add_all([joining, waiting, *rows])
    db.session.flush()
    world.values["joining"] = {"invitation": secrets["joining"], "invitation_id": joining.id}
    world.values["waiting"] = {"request_id": waiting.id}
    world.values["undo"] = {"address": secrets["undo"]}
    return secrets
