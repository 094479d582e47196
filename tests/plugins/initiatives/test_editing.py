from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from plugins.initiatives.models import Profile
from portal.sdk.database import session
from portal.sdk.network import Topic
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import form_of, save

Login = Callable[[str], PortalClient]
EDIT = "/initiatives/nordwerk/edit"
ENGLISH = {"Accept-Language": "en"}


def claim() -> str:
    session.rollback()
    return session.scalars(select(Profile.claim)).one()


@pytest.mark.parametrize(("who", "status"), [("editor", 200), ("coeditor", 200), ("editorial", 200), ("other", 403)])
def test_profile_edit_opens_for_editors_and_reviewers(nordwerk: Profile, login: Login, who: str, status: int) -> None:
    assert login(who).get(EDIT).status_code == status


def test_profile_edit_of_a_draft_is_not_there_for_others(draft: Profile, login: Login) -> None:
    assert login("other").get(EDIT).status_code == 404
    assert login("member").post(EDIT, data=form_of(draft)).status_code == 404


def test_profile_edit_sends_the_public_to_log_in(nordwerk: Profile, client: PortalClient) -> None:
    assert client.get(EDIT).location.startswith("/login")


def test_profile_edit_saves_every_kind_of_field(nordwerk: Profile, login: Login) -> None:
    session.add(Topic(slug="fachkraeftegewinnung", title="Fachkräftegewinnung"))
    session.commit()
    changed = {"offers": "eins\r\n\r\nzwei\r\neins", "founded": "1998", "pin_latitude": "54,4", "pin_longitude": "10.1"}
    data = form_of(nordwerk, topics=["fachkraeftegewinnung"], laender=["SH", "HH"], claim="Ahoi", **changed)
    assert login("editor").post(EDIT, data=data).status_code == 302
    assert claim() == "Ahoi"
    profile = session.scalars(select(Profile)).one()
    assert (profile.offers, profile.founded, profile.latitude) == (["eins", "zwei"], 1998, 54.4)
    assert ([topic.slug for topic in profile.topics], profile.laender) == (["fachkraeftegewinnung"], ["HH", "SH"])


def test_profile_edit_keeps_what_was_typed_next_to_its_error(nordwerk: Profile, login: Login) -> None:
    data = form_of(nordwerk, claim="Getippt", website="kein-link", postcode="12")
    answer = login("editor").post(EDIT, data=data, headers=ENGLISH)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'value="Getippt"' in html and "beginning with https://" in html
    assert claim() == "Boote aus dem Norden"


def test_profile_edit_preview_does_not_save(nordwerk: Profile, login: Login) -> None:
    data = form_of(nordwerk, claim="Nur zum Ansehen", then="preview")
    answer = login("editor").post(EDIT, data=data, headers=ENGLISH)
    html = answer.get_data(as_text=True)
    assert "not saved yet" in html and "Nur zum Ansehen" in html
    assert claim() == "Boote aus dem Norden"


@pytest.mark.parametrize("then", ["preview", "save"])
@pytest.mark.parametrize("wrong", [{"pin_latitude": "nan", "pin_longitude": "nan"}, {"website": "javascript:alert(1)"}])
def test_profile_edit_refuses_wrong_values(nordwerk: Profile, login: Login, then: str, wrong: dict[str, str]) -> None:
    answer = login("editor").post(EDIT, data=form_of(nordwerk, then=then, **wrong))
    assert answer.status_code == 400
    assert "field-error" in answer.get_data(as_text=True)


def test_profile_edit_drops_characters_that_no_database_keeps(nordwerk: Profile, login: Login) -> None:
    login("editor").post(EDIT, data=form_of(nordwerk, claim="A\0hoi", goals="e\0ins"))
    assert claim() == "Ahoi"


def test_profile_edit_goes_on_after_the_preview_with_what_was_typed(nordwerk: Profile, login: Login) -> None:
    data = form_of(nordwerk, claim="Noch nicht fertig", goals="eins\nzwei", then="edit")
    html = login("editor").post(EDIT, data=data).get_data(as_text=True)
    assert 'value="Noch nicht fertig"' in html and "eins\nzwei" in html
    assert claim() == "Boote aus dem Norden"


def test_profile_edit_with_a_conflict_shows_both_texts(nordwerk: Profile, network: Network, login: Login) -> None:
    data = form_of(nordwerk, claim="Mein Satz", needs="Segel")
    save(network.actor("coeditor"), nordwerk, claim="Ihr Satz")
    session.commit()
    answer = login("editor").post(EDIT, data=data, headers=ENGLISH)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert 'value="Mein Satz"' in html and "<ins>Ihr</ins>" in html and "Cem Kollege" in html
    assert 'name="needs" value="Segel"' in html and 'name="revision" type="hidden" value="2"' in html
    assert claim() == "Ihr Satz"


@pytest.mark.parametrize(("choice", "outcome"), [("mine", "Mein Satz"), ("theirs", "Ihr Satz")])
def test_profile_edit_can_be_sent_again_after_a_conflict(
    nordwerk: Profile, network: Network, login: Login, choice: str, outcome: str
) -> None:
    data = form_of(nordwerk, claim="Mein Satz", needs="Segel")
    save(network.actor("coeditor"), nordwerk, claim="Ihr Satz")
    session.commit()
    login("editor").post(EDIT, data={**data, "revision": 2, "take-claim": choice})
    assert claim() == outcome
    assert session.scalars(select(Profile.needs)).one() == ["Segel"]


def test_profile_edit_in_step_with_colleagues_merges(nordwerk: Profile, network: Network, login: Login) -> None:
    data = form_of(nordwerk, needs="Segel")
    save(network.actor("coeditor"), nordwerk, claim="Ihr Satz")
    session.commit()
    assert login("editor").post(EDIT, data=data).status_code == 302
    assert (claim(), session.scalars(select(Profile.needs)).one()) == ("Ihr Satz", ["Segel"])
