"""A new proof before what protects an account is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.database import unit_of_work
from portal.extensions import db
from portal.login.models import TotpFactor
from portal.members.services.roles import list_held_roles
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD, Network
from tests.portal.login.factors import code, give_app, let_proof_grow_old

LogIn = Callable[..., PortalClient]
PAGES = ("/me/security/factor", "/me/security/passkeys")
CHANGES = (
    *("/me/security/factor/begin", "/me/security/factor", "/me/security/factor/remove", "/me/security/recovery"),
    *("/me/security/passkeys/question", "/me/security/passkeys", "/me/security/passkeys/1/rename"),
    *("/me/security/passkeys/1/remove", "/admin/members/2/roles", "/admin/roles/editorial"),
    *("/admin/members/bulk", "/admin/members/bulk/apply", "/admin/members/2/disable", "/admin/members/2/enable"),
    *("/admin/roles", "/admin/roles/editorial/rename", "/admin/roles/editorial/delete", "/admin/audit/export"),
)


@pytest.fixture
def stale(login: LogIn) -> PortalClient:
    """An admin whose last proof is too old."""
    client = login("admin")
    let_proof_grow_old()
    return client


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_a_proof_and_leads_back(stale: PortalClient, path: str) -> None:
    assert stale.get(path).location == f"/me/confirm?next={path}"
    answer = stale.post(f"/me/confirm?next={path}", data={"confirm_password": PASSWORD})
    assert answer.location == path
    assert stale.get(path).status_code == 200


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_asks_for_a_proof(stale: PortalClient, path: str) -> None:
    answer = stale.post(path, data={"code": "123456"})
    assert answer.status_code == 307
    assert answer.location == f"/me/confirm/resent?next={path}"


def test_what_was_typed_is_kept_and_sent_after_the_proof(stale: PortalClient) -> None:
    path = f"/admin/members/{Network().member('member').id}/roles"
    page = stale.post(f"/me/confirm/resent?next={path}", data={"roles": "editorial"})
    assert page.status_code == 403 and 'name="roles" value="editorial"' in page.text
    done = stale.post(f"/me/confirm/resent?next={path}", data={"roles": "editorial", "confirm_password": PASSWORD})
    assert (done.status_code, done.location) == (307, path)


def test_roles_are_given_after_the_proof(stale: PortalClient) -> None:
    path = f"/admin/members/{Network().member('member').id}/roles"
    data = {"roles": "editorial", "confirm_password": PASSWORD}
    assert stale.post(f"/me/confirm/resent?next={path}", data=data).status_code == 307
    stale.post(path, data=data)
    assert list_held_roles(system(), Network().member("member").id) == {"editorial"}


def test_many_who_were_chosen_are_kept_through_the_proof(stale: PortalClient) -> None:
    ids = [Network().member(who).id for who in ("member", "other")]
    data = {"action": "role", "role": "admin", "id": ids}
    page = stale.post("/me/confirm/resent?next=/admin/members/bulk", data=data)
    assert [f'name="id" value="{one}"' in page.text for one in ids] == [True, True]
    stale.post("/me/confirm/resent?next=/admin/members/bulk", data={**data, "confirm_password": PASSWORD})
    stale.post("/admin/members/bulk/apply", data=data)
    assert list_held_roles(system(), ids[0]) == list_held_roles(system(), ids[1]) == {"admin"}


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_confirm_never_leads_elsewhere(stale: PortalClient, wanted: str) -> None:
    query = {"next": wanted}
    answer = stale.post("/me/confirm", query_string=query, data={"confirm_password": PASSWORD})
    assert answer.location == "/me/security"
    answer = stale.post("/me/confirm/resent", query_string=query, data={"confirm_password": PASSWORD})
    assert answer.location == "/me/security"


def test_a_form_is_sent_on_only_to_where_a_proof_is_asked_for(stale: PortalClient) -> None:
    answer = stale.post("/me/confirm/resent?next=/me/sessions/end-others", data={"confirm_password": PASSWORD})
    assert answer.location == "/me/security"


def test_a_wrong_password_proves_nothing_and_is_counted(stale: PortalClient) -> None:
    statuses = [stale.post("/me/confirm", data={"confirm_password": "falsch"}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert stale.get(PAGES[0]).status_code == 302


def test_a_code_of_the_app_is_a_proof_and_one_for_recovery_is_not(stale: PortalClient) -> None:
    codes = give_app("admin")
    assert stale.post("/me/confirm", data={"confirm_code": codes[0][:12]}).status_code == 422
    assert stale.post("/me/confirm", data={"confirm_code": code()}).status_code == 302
    assert stale.get(PAGES[0]).status_code == 200


def test_a_proof_renews_the_cookie(stale: PortalClient, thief: Callable[[PortalClient], PortalClient]) -> None:
    copy = thief(stale)
    stale.post("/me/confirm", data={"confirm_password": PASSWORD})
    assert stale.get("/me").status_code == 200
    assert copy.get("/me").status_code == 302


def test_a_proof_counts_for_one_session(login: LogIn, stale: PortalClient) -> None:
    other = login("admin")
    let_proof_grow_old()
    other.post("/me/confirm", data={"confirm_password": PASSWORD})
    assert stale.get(PAGES[0]).status_code == 302


def test_nothing_is_done_before_the_proof(stale: PortalClient) -> None:
    stale.post("/me/security/factor/begin", follow_redirects=True)
    with unit_of_work():
        assert db.session.scalars(select(TotpFactor)).all() == []
