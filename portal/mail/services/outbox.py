"""The outbox: one row a mail, one nudge, and a sweep for nudges that were lost."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from portal.database import utcnow
from portal.extensions import db
from portal.jobs import enqueue, job
from portal.mail.backends import Undelivered, deliver
from portal.mail.models import OutgoingMail

MAX_ATTEMPTS = 8
SWEEP_AFTER = timedelta(minutes=2)


def create_mail(recipient: str, subject: str, body: str) -> OutgoingMail:
    """Write a mail (plain text) to the outbox; it is sent exactly if the present unit of work is committed."""
    mail = OutgoingMail(recipient=recipient, subject=" ".join(subject.split())[:300], body=body)
    db.session.add(mail)
    db.session.flush()
    enqueue("mail.send", mail_id=mail.id)
    return mail


@job("mail.send")
def send_mail(mail_id: int) -> None:
    """Send one mail unless it was sent already. A failure is kept on the row; the sweep tries again."""
    mail = db.session.get(OutgoingMail, mail_id, with_for_update=True)
    if mail is None or mail.sent_at or mail.attempts >= MAX_ATTEMPTS:
        return
    mail.attempts += 1
    try:
        deliver(mail.recipient, mail.subject, mail.body)
    except Undelivered as error:
        mail.error = str(error)[:300]
        return
    mail.sent_at, mail.body, mail.error = utcnow(), "", ""


@job("mail.sweep", every=120)
def sweep_mails() -> None:
    """Nudge every mail that waits longer than it should."""
    waiting = select(OutgoingMail.id).where(
        OutgoingMail.sent_at.is_(None),
        OutgoingMail.attempts < MAX_ATTEMPTS,
        OutgoingMail.created_at < utcnow() - SWEEP_AFTER,
    )
    for mail_id in db.session.scalars(waiting.limit(200)):
        enqueue("mail.send", mail_id=mail_id)
