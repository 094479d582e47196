"""What the tests of logging in share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import Cookie

from portal.database import unit_of_work
from portal.extensions import db
from portal.login.services.links import create_link
from portal.mail.models import OutgoingMail
from portal.members.models import Member
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, address

COOKIE = "portal"


@pytest.fixture
def enter(app: Flask) -> Callable[..., PortalClient]:
    """``enter("member")``: a client that went through the form; more fields may be given."""

    def go(who: str, password: str = PASSWORD, **fields: str) -> PortalClient:
        client: PortalClient = app.test_client()  # type: ignore[assignment]
        client.post("/login", data={"email": address(who), "password": password, **fields})
        return client

    return go


@pytest.fixture
def thief(app: Flask) -> Callable[[PortalClient], PortalClient]:
    """Another browser with a copy of the cookie that a client has now."""

    def copy(client: PortalClient) -> PortalClient:
        other: PortalClient = app.test_client()  # type: ignore[assignment]
        other.set_cookie(COOKIE, cookie_of(client).value)
        return other

    return copy


@pytest.fixture
def link(app: Flask) -> Callable[[str, str], str]:
    """``link("member", "reset")``: the secret of a fresh link."""

    def make(who: str, purpose: str) -> str:
        with unit_of_work():
            member = db.session.scalars(select(Member).where(Member.email == address(who))).one()
            return create_link(member.id, purpose)

    return make


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[str]]:
    """The addresses that mails were written to so far."""

    def recipients() -> list[str]:
        with unit_of_work():
            return list(db.session.scalars(select(OutgoingMail.recipient).order_by(OutgoingMail.id)))

    return recipients


def cookie_of(client: PortalClient) -> Cookie:
    """The session cookie that a client has now."""
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie


def is_inside(client: PortalClient) -> bool:
    """Whether a client is let in to a page for members."""
    return client.get("/me").status_code == 200
