"""The outbox: one row a mail, one nudge, and a sweep for nudges that were lost."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import delete, select, update

from portal.database import after_commit, utcnow, writing
from portal.extensions import db
from portal.jobs import enqueue, job
from portal.mail.backends import Undelivered, deliver, remove_files_to
from portal.mail.letters import Letter, html_of
from portal.mail.models import OutgoingMail

MAX_ATTEMPTS = 8
SWEEP_AFTER = timedelta(minutes=2)


def create_mail(
    recipient: str, subject: str, body: str, action: str = "", locale: str = "", *, unsubscribe: str = ""
) -> OutgoingMail:
    """Write a mail to the outbox; it is sent exactly if the present unit of work is committed.

    It goes out as text (``body``) and as HTML made of it; ``action`` stands on the button of a link that stands alone,
    ``locale`` says in which language it is written, ``unsubscribe`` where one click takes its reader off."""
    html = html_of(Letter(subject, body, action, locale))
    subject = " ".join(subject.split())[:300]
    mail = OutgoingMail(recipient=recipient, subject=subject, body=body, html=html, unsubscribe=unsubscribe)
    db.session.add(mail)
    db.session.flush()
    enqueue("mail.send", mail_id=mail.id)
    return mail


def forget_mails(recipient: str) -> None:
    """Remove what was written to an address, sent or not; files of mails go once the unit of work is committed."""
    db.session.execute(delete(OutgoingMail).where(OutgoingMail.recipient == recipient))
    after_commit(partial(remove_files_to, recipient))


@job("mail.send")
def send_mail(mail_id: int) -> None:
    """Send one mail unless it was sent already. A failure is kept on the row; the sweep tries again.

    A mail server may take its time: while it does, no transaction is open, so that others can write."""
    waiting = _find_waiting(mail_id)
    if waiting is None:
        return
    try:
        deliver(*waiting)
    except Undelivered as error:
        _note(mail_id, error=str(error)[:300])
    else:
        _note(mail_id, sent_at=utcnow(), body="", html="", unsubscribe="", error="")


def _find_waiting(mail_id: int) -> tuple[str, str, str, str, str] | None:
    with writing(False):
        mail = db.session.get(OutgoingMail, mail_id)
        found = None
        if mail is not None and not mail.sent_at and mail.attempts < MAX_ATTEMPTS:
            found = (mail.recipient, mail.subject, mail.body, mail.html, mail.unsubscribe)
        db.session.rollback()
    return found


def _note(mail_id: int, **outcome: object) -> None:
    row = update(OutgoingMail).where(OutgoingMail.id == mail_id, OutgoingMail.sent_at.is_(None))
    db.session.execute(row.values(attempts=OutgoingMail.attempts + 1, **outcome))


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
