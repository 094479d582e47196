"""How long mails are kept. Their text is emptied as soon as they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement

from portal.mail.models import OutgoingMail
from portal.mail.services.outbox import MAX_ATTEMPTS
from portal.retention.registry import Rule, rows_rule


def _settled(before: datetime) -> ColumnElement[bool]:
    given_up = OutgoingMail.sent_at.is_(None) & (OutgoingMail.attempts >= MAX_ATTEMPTS)
    return (OutgoingMail.sent_at < before) | (given_up & (OutgoingMail.created_at < before))


def _old_files(before: datetime) -> Iterator[Path]:
    folder = Path(current_app.config["MAIL_FOLDER"])
    return (path for path in sorted(folder.glob("*.eml")) if path.stat().st_mtime < before.timestamp())


def _count_files(before: datetime) -> int:
    return sum(1 for _path in _old_files(before))


def _remove_files(before: datetime, most: int) -> int:
    doomed = list(islice(_old_files(before), most))
    for path in doomed:
        path.unlink(missing_ok=True)
    return len(doomed)


RULES = [
    rows_rule(
        "mail.sent",
        _l("That a mail was sent: address and subject (its text is removed at once)"),
        "keep_mail_days",
        {OutgoingMail: _settled},
    ),
    Rule(
        "mail.files",
        _l("Mails as files, where no mail server is set"),
        "keep_mail_days",
        _count_files,
        _remove_files,
        for_members=False,
    ),
]
