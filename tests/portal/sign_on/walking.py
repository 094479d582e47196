"""From the portal to the provider and back, in one browser."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.audit.models import AuditEntry
from portal.database import unit_of_work
from portal.extensions import db
from portal.login.models import SignOn
from portal.mail.models import OutgoingMail
from portal.members.models import Member
from tests.fixtures.client import PortalClient
from tests.fixtures.people import address
from tests.servers.oidc import Provider

TARGET = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')


@dataclass
class Walk:
    """A browser of the portal that also goes to the provider."""

    client: PortalClient
    provider: Provider

    def leave(self, path: str = "/login/sign-on", **fields: str) -> str:
        """Press the button; gives the provider's address that the browser goes to."""
        page = self.client.post(path, data=fields)
        found = TARGET.search(page.text)
        assert found, page.text
        return html.unescape(found[1])

    def back_from(self, there: str, subject: str) -> str:
        """Log in there; gives the address that the browser is sent back to."""
        back = urlsplit(self.provider.log_in(there, subject))
        return f"{back.path}?{back.query}"

    def sign_on(self, subject: str, path: str = "/login/sign-on", **fields: str) -> TestResponse:
        """The whole way; gives the portal's answer."""
        return self.client.get(self.back_from(self.leave(path, **fields), subject))

    def is_inside(self) -> bool:
        """Whether this browser is let in to a page for members."""
        return self.client.get("/me/security").status_code == 200


def reason(answer: TestResponse) -> str:
    """Why the portal let nobody in; "" if it did."""
    place, _slash, why = answer.location.rpartition("/")
    return why if place == "/login/sign-on/refused" else ""


def forget_password(who: str) -> None:
    """Let a member have no means of their own."""
    with unit_of_work():
        found(who).password_hash = ""


def found(who: str) -> Member:
    return db.session.scalars(select(Member).where(Member.email == address(who))).one()


def link(who: str, provider: Provider, subject: str) -> None:
    """Have an account of the provider linked to a member."""
    with unit_of_work():
        db.session.add(SignOn(member_id=found(who).id, issuer=provider.issuer, subject=subject, account="früher"))


def linked() -> dict[str, str | None]:
    """The address of the member that each subject is linked to."""
    with unit_of_work():
        rows = select(SignOn.subject, Member.email).join(Member, Member.id == SignOn.member_id)
        return {row.subject: row.email for row in db.session.execute(rows)}


def actions() -> list[str]:
    """What the audit log says happened, in order."""
    with unit_of_work():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def subjects_of_mails(who: str) -> list[str]:
    """The subjects of what was written to a member."""
    with unit_of_work():
        rows = select(OutgoingMail.subject).where(OutgoingMail.recipient == address(who))
        return list(db.session.scalars(rows.order_by(OutgoingMail.id)))
