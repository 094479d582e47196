"""A member with an authenticator app, for tests."""

from __future__ import annotations

import re

from pyotp.totp import TOTP
from sqlalchemy import select

from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.login.models import LoginSession, TotpFactor
from portal.login.sealing import seal
from portal.login.services.recovery import renew_codes
from portal.members.models import Member
from portal.permissions.actor import Actor
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, address

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SHOWN = re.compile(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</code>")


def give_app(who: str) -> list[str]:
    """Set up the app whose secret is :data:`SECRET`; gives the recovery codes."""
    with unit_of_work():
        member = db.session.scalars(select(Member).where(Member.email == address(who))).one()
        db.session.add(TotpFactor(member_id=member.id, secret=seal(SECRET), confirmed_at=utcnow()))
        return renew_codes(Actor(id=member.id, name=member.name))


def code(steps: int = 0) -> str:
    """The app's code now, or some half minutes from now."""
    totp = TOTP(SECRET)
    return totp.generate_otp(totp.timecode(utcnow()) + steps)


def know_password(client: PortalClient, who: str) -> PortalClient:
    """Do the first step of logging in."""
    answer = client.post("/login", data={"email": address(who), "password": PASSWORD})
    assert answer.location.startswith("/login/factor")
    return client


def let_proof_grow_old() -> None:
    """Make every session's last proof too old."""
    with unit_of_work():
        for session in db.session.scalars(select(LoginSession)):
            session.confirmed_at = session.confirmed_at.replace(year=2020)
