"""Versions of the operator's texts: drafted, published, agreed to, put off, read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.database import unit_of_work, utcnow
from portal.errors import Conflict, Forbidden, Invalid
from portal.extensions import db
from portal.invitations.models import Invitation
from portal.legal.models import LegalAgreement, LegalText
from portal.legal.services import agreeing, writing
from portal.login.services.tokens import hash_token
from portal.permissions.actor import MEMBER
from portal.web import access
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network

LogIn = Callable[..., PortalClient]
ENGLISH = {"Accept-Language": "en"}


def publish(text: str, needs_agreement: bool = True, kind: str = "terms") -> LegalText:
    office = Network().actor("editorial")
    with unit_of_work():
        draft = writing.get_draft(office, kind)
        draft = writing.update_draft(office, kind, writing.Draft(text, "", needs_agreement), draft.version)
        return writing.publish_draft(office, kind, draft.version)


def agreed() -> set[int]:
    return {one.text_id for one in db.session.query(LegalAgreement)}


def test_a_draft_is_seen_by_the_office_alone_until_it_is_published(login: LogIn, client: PortalClient) -> None:
    office = login("editorial")
    office.post("/admin/texts/privacy", data={"text_de": "Flüsterwort", "text_en": "", "version": 1})
    assert "Flüsterwort" not in client.get("/privacy").text and client.get("/privacy/1").status_code == 404
    assert office.post("/admin/texts/privacy/publish", data={"version": 2}).status_code == 302
    assert "Flüsterwort" in client.get("/privacy").text


def test_earlier_versions_stay_readable_as_such(client: PortalClient, network: Network) -> None:
    publish("Erste Fassung")
    publish("Zweite Fassung")
    assert "Zweite Fassung" in client.get("/terms").text
    page = client.get("/terms/1", headers=ENGLISH).text
    assert "Erste Fassung" in page and "earlier version" in page


def test_what_is_published_changes_no_more(network: Network) -> None:
    first = publish("Erste Fassung")
    office = network.actor("editorial")
    with unit_of_work():
        writing.update_draft(office, "terms", writing.Draft("Anders", "", False), 1)
    assert db.session.get_one(LegalText, first.id, populate_existing=True).text_de == "Erste Fassung"


def test_two_editors_do_not_overwrite_one_another(network: Network) -> None:
    office, draft = network.actor("editorial"), writing.Draft("Text", "", False)
    with unit_of_work():
        writing.update_draft(office, "terms", draft, 1)
    with pytest.raises(Conflict), unit_of_work():
        writing.update_draft(office, "terms", draft, 1)
    with pytest.raises(Conflict), unit_of_work():
        writing.publish_draft(office, "terms", 1)


def test_writing_needs_the_permission_and_a_text(network: Network) -> None:
    with pytest.raises(Forbidden):
        writing.get_draft(network.actor("member"), "terms")
    with pytest.raises(Invalid), unit_of_work():
        writing.update_draft(network.actor("editorial"), "terms", writing.Draft(" ", "x", False), 1)


def test_members_are_asked_on_their_next_page_and_led_on(login: LogIn) -> None:
    client = login("member")
    text = publish("Neue Regeln")
    answer = client.get("/members/?q=x")
    assert answer.location.startswith("/agreement?next=")
    assert "Neue Regeln" in client.get(answer.location).text
    done = client.post(answer.location, data={"text": text.id})
    assert done.location == "/members/?q=x" and client.get(done.location).status_code == 200
    assert agreed() == {text.id}
    assert "version 1" in client.get("/me/data", headers=ENGLISH).text


def test_a_version_published_meanwhile_is_not_agreed_to_unread(login: LogIn) -> None:
    client = login("member")
    seen = publish("Erste Fassung")
    publish("Zweite Fassung")
    client.post("/agreement", data={"text": seen.id})
    assert agreed() == set()


@pytest.mark.parametrize("path", ["/me/data", "/me/sessions", "/me/security", "/terms", "/privacy"])
def test_data_way_out_and_texts_are_never_held_up(login: LogIn, path: str) -> None:
    client = login("member")
    publish("Neue Regeln")
    with unit_of_work():
        db.session.execute(update(LegalText).values(published_at=utcnow() - timedelta(days=99)))
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(("confirmed", "status"), [(False, 200), (True, 403)])
def test_programs_are_led_to_no_page(
    login: LogIn, monkeypatch: pytest.MonkeyPatch, confirmed: bool, status: int
) -> None:
    client = login("member")
    publish("Neue Regeln")
    monkeypatch.setattr(access, "find_access", lambda *_: access.Access(MEMBER, confirmed=confirmed))
    monkeypatch.setattr(access, "is_confirmed", lambda _: False)
    assert client.get("/api/v1/initiatives/").status_code == status


@pytest.mark.parametrize(("days", "status"), [(13, 200), (15, 302)])
def test_it_can_be_put_off_for_two_weeks(login: LogIn, days: int, status: int) -> None:
    client = login("member")
    publish("Neue Regeln")
    with unit_of_work():
        db.session.execute(update(LegalText).values(published_at=utcnow() - timedelta(days=days)))
    client.post("/agreement/later")
    assert client.get("/members/").status_code == status


def test_what_was_typed_is_not_held_up_and_logging_out_works(login: LogIn) -> None:
    client = login("member")
    publish("Neue Regeln")
    form = {"name": "Neu Name", "function": "", "locale": "de", "version": 1}
    assert client.post("/me/photo/delete").location == "/me/photo"
    assert client.post("/me", data=form).status_code in (302, 409, 422)
    assert client.post("/logout").status_code == 302


def test_small_corrections_ask_nobody(login: LogIn, network: Network) -> None:
    client = login("member")
    first = publish("Neue Regeln")
    agreeing_member = network.actor("member")
    with unit_of_work():
        agreeing.agree(agreeing_member, {first.id})
    publish("Neue Regeln, Komma", needs_agreement=False)
    assert client.get("/members/").status_code == 200
    assert login("other").get("/members/").status_code == 302


def test_an_invitation_says_what_one_agrees_to_and_keeps_it(client: PortalClient, network: Network) -> None:
    text = publish("Neue Regeln")
    with unit_of_work():
        until = utcnow() + timedelta(days=1)
        secret = {"token_hash": hash_token("geheim"), "expires_at": until}
        number = network.member("admin").id
        db.session.add(Invitation(**secret, email="neu@netz.example", name="Neu Name", invited_by_id=number))
    assert "/terms/1" in client.get("/invitation/geheim").text
    word = "lila-giraffe-tanzt-polka"
    assert client.post("/invitation/geheim", data={"password": word, "again": word}).status_code == 302
    assert agreed() == {text.id} and client.get("/members/").status_code == 200


@pytest.mark.parametrize("digits", ["1" * 5000, "²", "99999999999"])
def test_a_number_that_no_version_has_is_none(login: LogIn, digits: str) -> None:
    office = login("editorial")
    text = publish("Neue Regeln")
    assert office.post("/agreement", data={"text": [digits, str(text.id)]}).status_code == 302
    assert agreed() == {text.id}
    assert office.post("/admin/texts/terms/publish", data={"version": digits}).status_code == 404
