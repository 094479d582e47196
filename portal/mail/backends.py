"""Where mails go: an SMTP server, or ``.eml`` files in the data folder when none is set."""

from __future__ import annotations

import smtplib
import time
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app
from flask_mailman import EmailMultiAlternatives
from flask_mailman.backends.base import BaseEmailBackend

from portal.config import Settings
from portal.mail.letters import LOOK, look_of


class EmlEmailBackend(BaseEmailBackend):
    """Writes each mail as a file that any mail program opens; meant for one machine without a mail server."""

    def send_messages(self, email_messages: list[Any]) -> int:
        folder = Path(current_app.config["MAIL_FOLDER"])
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number, message in enumerate(email_messages):
            name = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09d}-{number}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)


def mail_config(settings: Settings) -> dict[str, Any]:
    """Flask-Mailman's settings for ``PORTAL_MAIL_URL``: ``smtp://user:password@host:port``, or ``smtps://``."""
    common = {
        "MAIL_DEFAULT_SENDER": settings.mail_from,
        "MAIL_FOLDER": str(settings.data_dir / "mail"),
        LOOK: look_of(settings.name, settings.base_url, settings.mail_colour),
    }
    if not settings.mail_url:
        return {**common, "MAIL_BACKEND": "portal.mail.backends.EmlEmailBackend"}
    parts = urlsplit(settings.mail_url)
    return {
        **common,
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": parts.hostname,
        "MAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "MAIL_USERNAME": unquote(parts.username or "") or None,
        "MAIL_PASSWORD": unquote(parts.password or "") or None,
        "MAIL_USE_SSL": parts.scheme == "smtps",
        "MAIL_USE_TLS": parts.scheme == "smtp" and "starttls=no" not in parts.query,
        "MAIL_TIMEOUT": 20,
    }


def remove_files_to(recipient: str) -> None:
    """Remove the ``.eml`` files that were written to an address, where there is no mail server."""
    for path in Path(current_app.config["MAIL_FOLDER"]).glob("*.eml"):
        with path.open("rb") as stream:
            named = BytesHeaderParser().parse(stream).get("To", "")
        if recipient in {address.lower() for _name, address in getaddresses([named])}:
            path.unlink(missing_ok=True)


class Undelivered(Exception):
    """The mail server could not be reached or refused; the text says why."""


def deliver(recipient: str, subject: str, body: str, html: str = "", unsubscribe: str = "") -> None:
    """Hand a mail to the mail server, as text and, if there is any, as HTML. ``unsubscribe``: the address that takes
    the reader off with one click (RFC 8058). Raises Undelivered."""
    headers = {"Auto-Submitted": "auto-generated"}  # RFC 3834: no out-of-office notice answers it
    if unsubscribe:
        headers |= {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(subject, body, to=[recipient], headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered(f"{type(error).__name__}: {error}") from error
