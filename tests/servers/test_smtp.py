import smtplib
from email.message import EmailMessage

from tests.servers.smtp import Mailbox


def test_smtp_keeps_a_message(smtp_server: Mailbox) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "portal@portal.example", "mitglied@portal.example"
    message["Subject"] = "Einladung nach Göttingen"
    message.set_content("Grüße")
    with smtplib.SMTP("127.0.0.1", smtp_server.port) as client:
        client.send_message(message)
    received = smtp_server.wait_for(1)[-1]
    assert received["Subject"] == "Einladung nach Göttingen"
    assert received.get_content().strip() == "Grüße"
