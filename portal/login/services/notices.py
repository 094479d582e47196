"""Mails that tell the owner of an account what happened to its protection (ASVS 5.0, 6.3.7)."""

from __future__ import annotations

from portal.extensions import db
from portal.login.notices import notice_mail
from portal.login.signals import owner_told
from portal.mail.services.outbox import create_mail
from portal.members.models import Member


def tell_owner(member_id: int | None, event: str, **values: object) -> None:
    """Write to an account's owner, in their language, what happened (an event of ``portal.login.notices``)."""
    owner = db.session.get(Member, member_id) if member_id else None
    if owner is not None and owner.email:
        create_mail(owner.email, *notice_mail(event, owner.name, owner.locale, values))
        owner_told.send(member_id=owner.id, event=event)
