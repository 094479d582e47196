"""Whom the single sign-on lets in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.config import Settings
from portal.database import unit_of_work, utcnow
from portal.extensions import db, limiter
from portal.invitations.models import Invitation
from portal.login.models import SignOnAttempt
from portal.members.models import Member
from portal.organisations.models import Membership
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address
from tests.portal.login.factors import code, give_app
from tests.portal.sign_on.walking import (
    Walk,
    actions,
    forget_password,
    found,
    link,
    linked,
    reason,
    subjects_of_mails,
)
from tests.security.redirecting import ELSEWHERE, HERE
from tests.servers.oidc import Provider

Begin = Callable[..., Walk]


def know(provider: Provider, subject: str, who: str, **claims: object) -> str:
    return provider.know(subject, email=address(who), email_verified=True, **claims)


def invite(email: str, name: str = "Ida Geladen") -> None:
    with unit_of_work():
        place = Network().organisation("nordwerk").id
        values = {"email": email, "name": name, "token_hash": "h" * 64, "organisation_id": place, "role": "editor"}
        db.session.add(Invitation(**values, expires_at=utcnow() + timedelta(days=1)))


def test_a_member_without_a_password_is_let_in_where_they_wanted(walk: Begin, provider: Provider) -> None:
    forget_password("member")
    visit = walk()
    assert visit.sign_on(know(provider, "mia", "member"), next="/members/").location == "/members/"
    assert visit.is_inside()
    assert linked() == {"mia": address("member")}


def test_the_owner_is_told_and_the_audit_knows(walk: Begin, provider: Provider) -> None:
    forget_password("member")
    walk().sign_on(know(provider, "mia", "member"))
    assert actions()[-2:] == ["sign_on.linked", "login.succeeded"]
    assert len(subjects_of_mails("member")) == 1


def test_what_counts_later_is_the_subject_and_not_the_address(walk: Begin, provider: Provider) -> None:
    link("member", provider, "mia")
    visit = walk()
    visit.sign_on(provider.know("mia", email="anders@netz.example", email_verified=False))
    assert "Mia Mitglied" in visit.client.get("/me/security").text


def test_another_subject_with_the_address_of_a_linked_member_is_refused(walk: Begin, provider: Provider) -> None:
    forget_password("member")
    link("member", provider, "mia")
    visit = walk()
    assert reason(visit.sign_on(know(provider, "somebody else", "member"))) == "taken"
    assert not visit.is_inside()
    assert linked() == {"mia": address("member")}


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_counts_only_if_it_is_verified(walk: Begin, provider: Provider, verified: object) -> None:
    forget_password("member")
    visit = walk()
    answer = visit.sign_on(provider.know("mia", email=address("member"), email_verified=verified))
    assert reason(answer) == "unverified"
    assert not visit.is_inside() and linked() == {}


def test_an_address_is_asked_for_where_the_token_does_not_say_whether_it_is_verified(
    walk: Begin, provider: Provider
) -> None:
    forget_password("member")
    provider.forge = lambda header, claims: claims.pop("email_verified") and None
    assert reason(walk().sign_on(know(provider, "mia", "member"))) == ""
    assert linked() == {"mia": address("member")}


def test_that_one_address_is_verified_says_nothing_of_another(walk: Begin, provider: Provider) -> None:
    forget_password("member")

    def forge(header: dict[str, Any], claims: dict[str, Any]) -> None:
        claims["email"] = address("member")
        del claims["email_verified"]

    provider.forge = forge
    provider.know("fremd", email="fremd@anderswo.example", email_verified=True)
    assert reason(walk().sign_on("fremd")) == "stranger" and linked() == {}


def test_an_account_with_a_password_is_not_linked_without_its_owner(walk: Begin, provider: Provider) -> None:
    visit = walk()
    answer = visit.sign_on(know(provider, "mia", "member"))
    assert reason(answer) == "own_means"
    assert "/login?next=/me/security" in visit.client.get(answer.location).text
    assert not visit.is_inside() and linked() == {}


def test_an_account_with_a_factor_is_not_linked_though_passwords_are_off(
    walk: Begin, provider: Provider, settings: Settings
) -> None:
    give_app("member")
    settings.local_login, settings.break_glass = False, address("admin")
    visit = walk()
    answer = visit.sign_on(know(provider, "mia", "member"))
    page = visit.client.get(answer.location, headers={"Accept-Language": "en"}).text
    assert reason(answer) == "own_means" and "ask the office" in page and "Log in once" not in page
    assert not visit.is_inside() and linked() == {}


def test_a_stranger_gets_no_account(walk: Begin, provider: Provider) -> None:
    visit = walk()
    answer = visit.sign_on(provider.know("fremd", email="fremd@anderswo.example", email_verified=True))
    assert reason(answer) == "stranger" and "/login/request" in visit.client.get(answer.location).text
    assert db.session.scalar(select(Member).where(Member.email == "fremd@anderswo.example")) is None
    assert actions()[-1] == "sign_on.refused"


def test_an_invited_person_comes_in_and_belongs_to_the_organisation(walk: Begin, provider: Provider) -> None:
    invite("ida@netz.example")
    visit = walk()
    visit.sign_on(know(provider, "ida", "ida"))
    member = found("ida")
    assert visit.is_inside() and member.name == "Ida Geladen" and member.password_hash == ""
    assert db.session.get_one(Membership, (member.id, Network().organisation("nordwerk").id)).role == "editor"


def test_an_invitation_is_for_its_verified_address_only(walk: Begin, provider: Provider) -> None:
    invite("ida@netz.example")
    assert reason(walk().sign_on(provider.know("ida", email="ida@netz.example"))) == "unverified"
    assert reason(walk().sign_on(know(provider, "ina", "ina"))) == "stranger"
    assert db.session.scalars(select(Invitation)).one().accepted_at is None


def test_a_person_of_the_portal_claims_their_history_by_an_invitation(walk: Begin, provider: Provider) -> None:
    with unit_of_work():
        person = Member(name="Rita Rednerin", sort_name="rednerin rita", email=address("rita"))
        db.session.add(person)
        db.session.flush()
        number = person.id
    assert reason(walk().sign_on(know(provider, "rita", "rita"))) == "stranger"
    invite(address("rita"))
    assert reason(walk().sign_on(know(provider, "rita", "rita"))) == ""
    assert (found("rita").id, found("rita").state) == (number, "active")


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_disabled_member_stays_outside(walk: Begin, provider: Provider, is_linked: bool) -> None:
    forget_password("disabled")
    if is_linked:
        link("disabled", provider, "dora")
    visit = walk()
    assert reason(visit.sign_on(know(provider, "dora", "disabled"))) == "disabled"
    assert not visit.is_inside()


def test_who_never_had_a_password_is_let_in_again_once_enabled(
    walk: Begin, provider: Provider, login: Callable[..., PortalClient]
) -> None:
    forget_password("member")
    link("member", provider, "mia")
    admin, number = login("admin"), found("member").id
    admin.post(f"/admin/members/{number}/disable")
    admin.post(f"/admin/members/{number}/enable")
    assert reason(walk().sign_on(know(provider, "mia", "member"))) == ""


def test_the_second_factor_is_still_asked_for(walk: Begin, provider: Provider) -> None:
    give_app("member")
    link("member", provider, "mia")
    visit = walk()
    answer = visit.sign_on(know(provider, "mia", "member", amr=["mfa"]), next="/members/")
    assert answer.location == "/login/factor?next=/members/" and not visit.is_inside()
    assert visit.client.post("/login/factor", data={"code": code(), "next": "/members/"}).location == "/members/"
    assert visit.is_inside()


@pytest.mark.parametrize("claims", [{"amr": ["pwd", "mfa"]}, {"acr": "mfa"}])
def test_a_trusted_provider_vouches_for_the_factor(
    walk: Begin, provider: Provider, settings: Settings, claims: dict[str, object]
) -> None:
    settings.oidc_factors, settings.require_second_factor = "mfa", "admin"
    link("admin", provider, "anna")
    visit = walk()
    assert visit.sign_on(know(provider, "anna", "admin", **claims), next="/admin/").location == "/admin/"
    assert visit.client.get("/admin/").status_code == 200


def test_a_role_that_needs_a_factor_is_withheld(walk: Begin, provider: Provider, settings: Settings) -> None:
    settings.oidc_factors, settings.require_second_factor = "mfa", "admin"
    link("admin", provider, "anna")
    visit = walk()
    assert visit.sign_on(know(provider, "anna", "admin", amr=["pwd"])).location == "/me/security/required"
    assert visit.client.get("/admin/members").status_code == 302


def test_nobody_is_led_elsewhere(walk: Begin, provider: Provider) -> None:
    link("member", provider, "mia")
    assert walk().sign_on(know(provider, "mia", "member"), next="//evil.example").location == "/"


def test_no_trick_leads_elsewhere(walk: Begin) -> None:
    visit = walk()
    for wanted in ELSEWHERE:
        limiter.reset()
        visit.leave(next=wanted)
    kept = list(db.session.scalars(select(SignOnAttempt.wanted)))
    assert len(kept) == len(ELSEWHERE) and all(HERE.fullmatch(one) for one in kept)
