"""Invitations and resets by mailed links."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.login.models import OneTimeLink
from tests.fixtures.client import PortalClient
from tests.fixtures.people import address
from tests.portal.login.conftest import is_inside

LogIn = Callable[..., PortalClient]

NEW = "wolke-leiter-senf-trommel"
CHOICE = {"password": NEW, "again": NEW}


def without_secrets(text: str) -> str:
    return re.sub(r'(nonce|value)="[^"]*"', "", text)


def test_reset_send_answers_the_same_for_every_address(client: PortalClient) -> None:
    answers = [client.post("/login/reset", data={"email": address(who)}) for who in ("member", "nobody", "disabled")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({without_secrets(answer.text) for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.keys())) for answer in answers}) == 1


def test_reset_send_does_the_same_work_for_every_address(
    client: PortalClient, statements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.jobs.queue.push", lambda *_: None)
    counts = []
    for who in ("member", "nobody"):
        statements.clear()
        client.post("/login/reset", data={"email": address(who)})
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_reset_send_mails_members_only(client: PortalClient, mails: Callable[[], list[str]]) -> None:
    for who in ("nobody", "disabled", "member"):
        client.post("/login/reset", data={"email": address(who)})
    assert mails() == [address("member")]


def test_reset_send_is_throttled_for_known_and_unknown(client: PortalClient) -> None:
    for who in ("member", "nobody"):
        codes = [client.post("/login/reset", data={"email": address(who)}).status_code for _ in range(6)]
        assert codes == [200] * 5 + [429]


def test_reset_redeem_lets_in_once(client: PortalClient, link: Callable[[str, str], str], enter: LogIn) -> None:
    before, token = enter("member"), link("member", "reset")
    assert client.post(f"/login/reset/{token}", data=CHOICE).location == "/login?next=/"
    assert is_inside(enter("member", NEW))
    assert not is_inside(before)
    assert client.post(f"/login/reset/{token}", data=CHOICE).status_code == 404


def test_a_link_expires(client: PortalClient, link: Callable[[str, str], str]) -> None:
    token = link("member", "reset")
    with unit_of_work():
        db.session.execute(update(OneTimeLink).values(expires_at=utcnow() - timedelta(seconds=1)))
    assert client.get(f"/login/reset/{token}").status_code == 404


def test_a_newer_link_voids_the_older(client: PortalClient, link: Callable[[str, str], str]) -> None:
    older, newer = link("member", "reset"), link("member", "reset")
    assert client.get(f"/login/reset/{older}").status_code == 404
    assert client.get(f"/login/reset/{newer}").status_code == 200


def test_a_disabled_member_has_no_way_in(client: PortalClient, link: Callable[[str, str], str]) -> None:
    token = link("disabled", "reset")
    assert client.get(f"/login/reset/{token}").status_code == 404


def test_reset_redeem_keeps_the_form_for_an_easy_password(
    client: PortalClient, link: Callable[[str, str], str]
) -> None:
    answer = client.post(f"/login/reset/{link('member', 'reset')}", data={"password": "kurz", "again": "kurz"})
    assert answer.status_code == 422
    assert not is_inside(client)


def test_links_are_stored_as_hashes_only(link: Callable[[str, str], str]) -> None:
    token = link("member", "reset")
    with unit_of_work():
        assert token not in db.session.scalars(select(OneTimeLink.token_hash)).all()


def test_a_reset_is_told_and_makes_no_browser_known(
    client: PortalClient, enter: LogIn, link: Callable[[str, str], str], mails: Callable[[], list[str]]
) -> None:
    enter("member")
    before = len(mails())
    client.post(f"/login/reset/{link('member', 'reset')}", data=CHOICE)
    assert len(mails()) == before + 1  # the password was changed
    client.post("/login", data={"email": address("member"), "password": NEW})
    assert len(mails()) == before + 2  # a new device
