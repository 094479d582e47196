"""Linking an account of the provider from inside, and unlinking it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.config import Settings
from portal.database import unit_of_work
from portal.extensions import db
from portal.login.models import SignOn
from portal.login.services import addresses
from portal.login.services.sign_ons import create_sign_on
from portal.privacy.services.collecting import collect
from tests.fixtures.people import Network, address
from tests.portal.login.factors import let_proof_grow_old
from tests.portal.sign_on.walking import Walk, actions, forget_password, found, link, linked, reason, subjects_of_mails
from tests.servers.oidc import Provider

Begin = Callable[..., Walk]
LINKS = "/me/security/sign-ons"


def number_of(subject: str) -> int:
    with unit_of_work():
        return db.session.scalars(select(SignOn.id).where(SignOn.subject == subject)).one()


def test_a_member_links_an_account_with_any_address(walk: Begin, provider: Provider, login: Any) -> None:
    visit = walk(login("member"))
    provider.know("privat", email="privat@anderswo.example", email_verified=False)
    assert visit.sign_on("privat", LINKS).location == "/me/security"
    assert linked() == {"privat": address("member")}
    assert "privat@anderswo.example" in visit.client.get("/me/security").text


def test_the_owner_is_told_of_linking_and_unlinking(walk: Begin, provider: Provider, login: Any) -> None:
    visit = walk(login("member"))
    visit.sign_on(provider.know("privat"), LINKS)
    visit.client.post(f"{LINKS}/{number_of('privat')}/remove")
    assert len(subjects_of_mails("member")) == 2
    assert actions()[-2:] == ["sign_on.linked", "sign_on.unlinked"]


def test_linking_asks_for_a_fresh_proof(walk: Begin, provider: Provider, login: Any) -> None:
    client = login("member")
    link("member", provider, "mia")
    let_proof_grow_old()
    for path in (LINKS, f"{LINKS}/{number_of('mia')}/remove"):
        assert client.post(path).location.startswith("/me/confirm/resent")
    assert linked() == {"mia": address("member")}


def test_an_account_leads_to_one_member_only(walk: Begin, provider: Provider, login: Any) -> None:
    link("member", provider, provider.know("mia"))
    assert reason(walk(login("other")).sign_on("mia", LINKS)) == "taken"
    assert linked() == {"mia": address("member")}


def test_a_member_has_one_account_of_a_provider(walk: Begin, provider: Provider, login: Any) -> None:
    link("member", provider, "mia")
    assert reason(walk(login("member")).sign_on(provider.know("zweites"), LINKS)) == "taken"


def test_unlinked_it_lets_nobody_in_and_its_sessions_end(walk: Begin, provider: Provider, login: Any) -> None:
    link("member", provider, provider.know("mia"))
    elsewhere, here = walk(), login("member")
    elsewhere.sign_on("mia")
    here.post(f"{LINKS}/{number_of('mia')}/remove")
    assert not elsewhere.is_inside() and walk(here).is_inside()
    assert reason(walk().sign_on("mia")) == "unverified"


def test_the_only_way_in_stays(walk: Begin, provider: Provider) -> None:
    forget_password("member")
    link("member", provider, provider.know("mia"))
    visit = walk()
    visit.sign_on("mia")
    assert "/remove" not in visit.client.get("/me/security").text
    visit.client.post(f"{LINKS}/{number_of('mia')}/remove")
    assert linked() == {"mia": address("member")}


def test_a_password_that_does_not_count_is_no_other_way(
    walk: Begin, provider: Provider, settings: Settings, login: Any
) -> None:
    link("member", provider, "mia")
    settings.local_login, settings.break_glass = False, address("admin")
    login("member").post(f"{LINKS}/{number_of('mia')}/remove")
    assert linked() == {"mia": address("member")}


def test_nobody_unlinks_for_others(walk: Begin, provider: Provider, login: Any) -> None:
    link("member", provider, "mia")
    assert login("admin").post(f"{LINKS}/{number_of('mia')}/remove").status_code == 404
    assert linked() == {"mia": address("member")}


def test_an_account_taken_over_is_given_back_without_what_was_linked(
    walk: Begin, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "new_token", lambda: "undo")
    with unit_of_work():
        create_sign_on(found("member").id, provider.issuer, "thief", "thief")
        addresses.tell_old_address(None, found("member").id, before="alt@netz.example")
    with unit_of_work():
        addresses.undo_change("undo", "http://localhost")
    assert linked() == {}


def test_who_has_no_password_is_offered_one(walk: Begin, provider: Provider) -> None:
    forget_password("member")
    link("member", provider, provider.know("mia"))
    visit = walk()
    visit.sign_on("mia")
    page = visit.client.get("/me/security").text
    assert "old_password" not in page and 'action="/login/reset"' in page
    assert "password" not in visit.client.get("/me/address").text.partition("<main")[2].partition("<form")[2]


def test_the_own_data_tell_of_it(walk: Begin, provider: Provider) -> None:
    link("member", provider, "mia")
    rows = collect(Network().member("member").id)["portal"]["sign_on"]
    assert [row["subject"] for row in rows] == ["mia"]
