"""Mails are rows first; the worker sends them, once, and tries again when the server was away."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask_mailman import Mail
from sqlalchemy import select

from portal.config import load_settings
from portal.database import unit_of_work, utcnow
from portal.extensions import db, mail
from portal.mail.backends import mail_config
from portal.mail.models import OutgoingMail
from portal.mail.services.outbox import MAX_ATTEMPTS, create_mail, send_mail, sweep_mails
from tests.servers.smtp import Mailbox


@pytest.fixture
def use_mail(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Mail]:
    """``use_mail(url)``: send by this address from now on."""

    def use(url: str) -> Mail:
        for name, value in mail_config(load_settings(data_dir=tmp_path, secret_key="m", mail_url=url)).items():
            monkeypatch.setitem(app.config, name, value)
        monkeypatch.setitem(app.extensions, "mailman", mail.init_mail(app.config, app.testing))
        return mail

    return use


def the_mail() -> OutgoingMail:
    db.session.expire_all()
    return db.session.scalars(select(OutgoingMail)).one()


def write_mail(subject: str = "Grüße") -> None:
    with unit_of_work():
        create_mail("mia@netz.example", subject, "Geheimer Link")


def test_a_mail_reaches_the_server(use_mail: Callable[[str], Mail], smtp_server: Mailbox) -> None:
    use_mail(f"{smtp_server.url}?starttls=no")
    write_mail()
    [message] = smtp_server.messages[-1:]
    assert (message["To"], message["Subject"]) == ("mia@netz.example", "Grüße")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert the_mail().sent_at is not None


def test_links_are_forgotten_once_sent(use_mail: Callable[[str], Mail], smtp_server: Mailbox) -> None:
    use_mail(f"{smtp_server.url}?starttls=no")
    write_mail()
    assert (the_mail().body, the_mail().html) == ("", "")


def test_a_subject_cannot_carry_headers(use_mail: Callable[[str], Mail], smtp_server: Mailbox) -> None:
    use_mail(f"{smtp_server.url}?starttls=no")
    write_mail("Hallo\r\nBcc: evil@evil.example")
    assert smtp_server.messages[-1]["Bcc"] is None


def test_a_server_that_is_away_loses_nothing(use_mail: Callable[[str], Mail], smtp_server: Mailbox) -> None:
    use_mail("smtp://127.0.0.1:9?starttls=no")
    write_mail()
    assert (the_mail().sent_at, the_mail().attempts) == (None, 1)
    use_mail(f"{smtp_server.url}?starttls=no")
    with time_machine.travel(utcnow() + timedelta(minutes=5), tick=False), unit_of_work():
        sweep_mails()
    assert the_mail().sent_at is not None


def test_a_sent_mail_is_not_sent_again(use_mail: Callable[[str], Mail], smtp_server: Mailbox) -> None:
    use_mail(f"{smtp_server.url}?starttls=no")
    write_mail()
    before = len(smtp_server.messages)
    with unit_of_work():
        send_mail(the_mail().id)
    assert len(smtp_server.messages) == before


def test_after_many_failures_it_rests(use_mail: Callable[[str], Mail]) -> None:
    use_mail("smtp://127.0.0.1:9?starttls=no")
    write_mail()
    number = the_mail().id
    for _ in range(MAX_ATTEMPTS + 2):
        with unit_of_work():
            send_mail(number)
    assert the_mail().attempts == MAX_ATTEMPTS
