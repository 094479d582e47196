"""An SMTP server of the tests' own that keeps every message it is given."""

import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.process import find_free_port, wait_until


@dataclass
class Mailbox:
    """All messages the server has received, in order, and the address to send them to."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The server's address, as PORTAL_MAIL_URL takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    def wait_for(self, count: int, seconds: float = 10) -> list[EmailMessage]:
        """Return the messages as soon as there are `count` of them; TimeoutError after `seconds`."""
        wait_until(lambda: len(self.messages) >= count, f"message number {count}", seconds)
        return self.messages

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a message; the name is the one aiosmtpd calls."""
        message = message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 OK"


@contextmanager
def run_smtp() -> Iterator[Mailbox]:
    """Start an SMTP server on a free port and stop it when the block ends."""
    mailbox = Mailbox(find_free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
