"""Logging in only by the single sign-on, but for who breaks the glass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.config import Settings, SettingsError, load_settings
from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.invitations.models import Invitation
from portal.login.services.links import create_link
from portal.login.services.tokens import hash_token
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, address
from tests.portal.login.factors import let_proof_grow_old
from tests.portal.sign_on.walking import Walk, actions, found, linked, reason
from tests.servers.oidc import Provider

Begin = Callable[..., Walk]
NEW = {"password": "wolke-leiter-senf-trommel", "again": "wolke-leiter-senf-trommel"}


@pytest.fixture(autouse=True)
def closed(app: object, provider: Provider, settings: Settings) -> None:
    """The admin is the one who breaks the glass."""
    settings.local_login, settings.break_glass = False, address("ADMIN")


def try_password(client: PortalClient, who: str) -> int:
    return client.post("/login", data={"email": address(who), "password": PASSWORD}).status_code


def test_the_page_shows_the_button_alone(client: PortalClient) -> None:
    page = client.get("/login").text
    assert 'action="/login/sign-on"' in page and "Netz-ID" in page
    assert 'name="password"' not in page and "data-passkey" not in page


def test_a_right_password_is_a_wrong_one_but_for_the_emergency(client: PortalClient) -> None:
    assert 'name="password"' in client.get("/login?emergency").text
    assert try_password(client, "member") == 401
    assert try_password(client, "admin") == 302


def test_no_link_is_mailed_but_for_the_emergency(client: PortalClient, app: Any) -> None:
    pages = {who: client.post("/login/reset", data={"email": address(who)}).data for who in ("member", "admin")}
    assert len({page.count(b"<p>") for page in pages.values()}) == 1
    assert actions().count("reset.requested") == 1


def test_a_link_mailed_before_opens_nothing(client: PortalClient) -> None:
    with unit_of_work():
        token = create_link(found("member").id, "reset")
    assert client.get(f"/login/reset/{token}").status_code == 404
    assert client.post(f"/login/reset/{token}", data=NEW).status_code == 404


def test_a_password_is_neither_changed_nor_a_proof(login: Any) -> None:
    client = login("member")
    assert client.post("/me/security", data={"old_password": PASSWORD, **NEW}).status_code == 403
    assert "old_password" not in client.get("/me/security").text
    let_proof_grow_old()
    assert client.post("/me/confirm", data={"confirm_password": PASSWORD}).status_code == 403
    assert "confirm_password" not in client.get("/me/confirm").text.partition("<main")[2]


def test_a_password_that_does_not_count_keeps_nobody_from_signing_on(walk: Begin, provider: Provider) -> None:
    visit = walk()
    assert reason(visit.sign_on(provider.know("mia", email=address("member"), email_verified=True))) == ""
    assert visit.is_inside() and linked() == {"mia": address("member")}


def test_an_invitation_gives_no_password(client: PortalClient) -> None:
    with unit_of_work():
        values = {"email": "ida@netz.example", "name": "Ida Geladen", "token_hash": hash_token("secret")}
        db.session.add(Invitation(**values, expires_at=utcnow() + timedelta(days=1)))
    page = client.get("/invitation/secret").text
    assert 'name="password"' not in page and 'action="/login/sign-on"' in page
    assert client.post("/invitation/secret", data=NEW).status_code == 403


def test_who_breaks_the_glass_keeps_their_password(login: Any) -> None:
    assert "old_password" in login("admin").get("/me/security").text


def test_an_address_is_not_changed_by_a_password_that_does_not_count(login: Any) -> None:
    data = {"email": "neu@netz.example", "password": PASSWORD}
    assert login("member").post("/me/address", data=data).status_code == 403


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"oidc_issuer": "http://id.example", "oidc_client_id": "x"}, "PORTAL_OIDC_ISSUER"),
        ({"oidc_issuer": "https://id.example?x", "oidc_client_id": "x"}, "PORTAL_OIDC_ISSUER"),
        ({"oidc_issuer": "https://id.example"}, "PORTAL_OIDC_CLIENT_ID"),
        ({"oidc_client_id": "x"}, "PORTAL_OIDC_CLIENT_ID"),
        ({"oidc_scopes": "profile"}, "PORTAL_OIDC_SCOPES"),
        ({"oidc_roles": "admins"}, "PORTAL_OIDC_ROLES"),
        ({"local_login": "off"}, "PORTAL_LOCAL_LOGIN"),
        ({"oidc_issuer": "https://id.example", "oidc_client_id": "x", "local_login": "off"}, "PORTAL_BREAK_GLASS"),
    ],
)
def test_wrong_settings_stop_the_start(tmp_path: Any, values: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=f"^{named}: "):
        load_settings(data_dir=tmp_path, **values)


def test_the_clients_secret_is_not_shown(tmp_path: Any) -> None:
    shown = load_settings(data_dir=tmp_path, oidc_client_secret="geheim").masked()
    assert shown["PORTAL_OIDC_CLIENT_SECRET"] == "•••"
