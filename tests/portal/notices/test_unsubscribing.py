"""One click ends mails of a kind, without logging in (RFC 8058), and the token opens nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from portal.config import load_settings
from portal.database import unit_of_work
from portal.extensions import mail
from portal.mail.backends import mail_config
from portal.notices.services.choosing import list_rhythms
from portal.notices.services.telling import notify
from portal.notices.signing import sign
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.portal.notices.conftest import NEXT_MORNING, Mails
from tests.servers.smtp import Mailbox

RIGHTS, JOINED = "members.rights_changed", "organisations.member_joined"
BODY = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(network: Network, sent: Mails) -> str:
    """The path that a mail to Mia names for ending mails of its kind."""
    with unit_of_work():
        notify(system(), RIGHTS, [network.member("member").id], "1", "/me", {"roles": []})
    return sent[-1][4].removeprefix("http://127.0.0.1:8000")


def test_one_click_ends_them_without_token_or_session(client: PortalClient, link: str, network: Network) -> None:
    answers = [client.post(link, data=BODY, csrf=False) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert not any(answer.headers.getlist("Set-Cookie") for answer in answers)
    assert list_rhythms(network.actor("member"))[RIGHTS] == "portal"


def test_opening_the_link_ends_nothing(client: PortalClient, link: str, network: Network) -> None:
    page = client.get(link)
    assert page.status_code == 200 and "Abbestellen" in page.text
    assert list_rhythms(network.actor("member"))[RIGHTS] == "at_once"


def test_a_digest_ends_all_digests(
    client: PortalClient,
    joined: Callable[[], None],
    digest: Callable[[datetime], list[str]],
    sent: Mails,
    network: Network,
) -> None:
    joined()
    digest(NEXT_MORNING)
    for one in sent:
        client.post(one[4].removeprefix("http://127.0.0.1:8000"), data=BODY, csrf=False)
    chosen = list_rhythms(network.actor("editor"))
    assert (chosen[JOINED], chosen[RIGHTS]) == ("portal", "at_once")


def test_other_tokens_end_nothing(client: PortalClient, app: Flask, network: Network) -> None:
    token = sign(network.member("member").id, RIGHTS)
    for wrong in ("nonsense", token[:-1], token.replace(".", "x"), client.csrf_token()):
        assert client.post(f"/notices/unsubscribe/{wrong}", data=BODY, csrf=False).status_code == 404
    assert client.get(f"/login/reset/{token}").status_code == client.get(f"/invitation/{token}").status_code == 404


def test_the_headers_are_in_the_mail(
    network: Network, app: Flask, monkeypatch: pytest.MonkeyPatch, smtp_server: Mailbox, tmp_path: Path
) -> None:
    settings = load_settings(data_dir=tmp_path, secret_key="m", mail_url=f"{smtp_server.url}?starttls=no")
    for name, value in mail_config(settings).items():
        monkeypatch.setitem(app.config, name, value)
    monkeypatch.setitem(app.extensions, "mailman", mail.init_mail(app.config, app.testing))
    with unit_of_work():
        notify(system(), RIGHTS, [network.member("member").id], "1", "/me", {"roles": []})
    message = smtp_server.messages[-1]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip().startswith("<http://127.0.0.1:8000/notices/unsubscribe/")
