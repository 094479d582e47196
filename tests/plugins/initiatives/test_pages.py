from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.initiatives.models import Profile
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import SECRET_MAIL, SECRET_STREET, form_of, make_profile, rename

Login = Callable[[str], PortalClient]
EVERYBODY = (None, "member", "other", "editor", "coeditor", "editorial", "admin")
PAGES = ("/initiatives/", "/initiatives/map", "/organisations/nordwerk", "/initiatives/nordwerk", "/")


def text_of(client: PortalClient, address: str) -> str:
    return client.get(address, headers={"Accept-Language": "en"}).get_data(as_text=True)


def browser_of(who: str | None, client: PortalClient, login: Login) -> PortalClient:
    return login(who) if who else client


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("address", PAGES)
def test_profile_show_of_a_draft_leaks_nowhere(
    draft: Profile, client: PortalClient, login: Login, who: str | None, address: str
) -> None:
    is_own = who in ("editor", "coeditor", "editorial", "admin")
    html = text_of(browser_of(who, client, login), address)
    assert is_own or "Noch geheim" not in html
    assert is_own or 'href="/initiatives/nordwerk"' not in html


@pytest.mark.parametrize("who", EVERYBODY)
def test_profile_show_gives_contact_to_members(
    nordwerk: Profile, client: PortalClient, login: Login, who: str | None
) -> None:
    html = text_of(browser_of(who, client, login), "/initiatives/nordwerk")
    assert "Boote aus dem Norden" in html
    assert (SECRET_MAIL in html) == (SECRET_STREET in html) == (who is not None)


@pytest.mark.parametrize(("who", "sees"), [(None, False), ("member", False), ("other", False), ("editor", True)])
def test_profile_show_keeps_contact_for_own_people(
    network: Network, client: PortalClient, login: Login, who: str | None, sees: bool
) -> None:
    make_profile("nordwerk", contact_reach="organisation")
    assert (SECRET_MAIL in text_of(browser_of(who, client, login), "/initiatives/nordwerk")) == sees


def test_profile_show_follows_a_renamed_organisation(nordwerk: Profile, client: PortalClient) -> None:
    rename("nordwerk", "Nordwerk Kiel")
    answer = client.get("/initiatives/nordwerk?from=mail")
    assert (answer.status_code, answer.location) == (301, "/initiatives/nordwerk-kiel?from=mail")
    assert client.get("/initiatives/nordwerk-kiel").status_code == 200


def test_profile_show_does_not_tell_where_a_draft_went(draft: Profile, client: PortalClient, login: Login) -> None:
    rename("nordwerk", "Nordwerk Kiel")
    assert client.get("/initiatives/nordwerk").status_code == 404
    assert login("editor").get("/initiatives/nordwerk").status_code == 301


def test_what_was_typed_follows_a_renamed_organisation(nordwerk: Profile, login: Login) -> None:
    form = form_of(nordwerk, claim="Noch mehr Boote")
    rename("nordwerk", "Nordwerk Kiel")
    editor = login("editor")
    answer = editor.post("/initiatives/nordwerk/edit", data=form)
    assert (answer.status_code, answer.location) == (308, "/initiatives/nordwerk-kiel/edit")
    editor.post(answer.location or "", data=form)
    assert "Noch mehr Boote" in editor.get("/initiatives/nordwerk-kiel").text


def test_profile_show_is_safe_against_scripts(network: Network, client: PortalClient) -> None:
    make_profile(
        "nordwerk", text="<script>alert(1)</script> [x](javascript:alert(1))", offers=["<img src=x onerror=1>"]
    )
    html = text_of(client, "/initiatives/nordwerk")
    assert "<script>alert" not in html and "<img src=x" not in html
    assert 'href="javascript:' not in html


def test_profile_create_makes_a_draft_and_opens_the_form(network: Network, login: Login) -> None:
    number = network.organisation("nordwerk").id
    answer = login("editor").post("/initiatives/new", data={"organisation_id": number})
    assert (answer.status_code, answer.location) == (302, "/initiatives/nordwerk/edit")


def test_profile_create_offers_no_foreign_organisation(network: Network, login: Login) -> None:
    number = network.organisation("nordwerk").id
    answer = login("other").post("/initiatives/new", data={"organisation_id": number})
    assert answer.status_code == 400
    assert "Nordwerk" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("action", ["publish", "unpublish", "confirm", "revisions/1/restore"])
@pytest.mark.parametrize(("who", "status"), [("editor", 302), ("editorial", 302), ("other", 403), ("member", 403)])
def test_profile_actions_are_for_editors_and_reviewers(
    nordwerk: Profile, login: Login, action: str, who: str, status: int
) -> None:
    assert login(who).post(f"/initiatives/nordwerk/{action}").status_code == status


def test_revision_compare_shows_what_changed(nordwerk: Profile, login: Login) -> None:
    editor = login("editor")
    from_form = {"claim": "Boote aus dem hohen Norden", "summary": "Neu", "revision": 1, "reach": "public"}
    editor.post("/initiatives/nordwerk/edit", data={**from_form, "contact_reach": "member", "laender": ["SH", "HH"]})
    html = text_of(editor, "/initiatives/nordwerk/revisions/compare?older=1&newer=2")
    assert "<ins>hohen" in html
    assert "<ins>Hamburg" in html


def test_revision_compare_of_a_version_with_itself_offers_nothing(nordwerk: Profile, login: Login) -> None:
    editor, page = login("editor"), "/initiatives/nordwerk/revisions/compare?older=1&newer={}"
    editor.post("/initiatives/nordwerk/edit", data=form_of(nordwerk, claim="Neu"))
    assert "revisions/1/restore" not in text_of(editor, page.format(1))
    assert "revisions/1/restore" in text_of(editor, page.format(2))


def test_revision_list_and_show_are_there_for_editors(nordwerk: Profile, login: Login) -> None:
    editor = login("editor")
    assert "Version 1" in text_of(editor, "/initiatives/nordwerk/revisions")
    assert "Boote aus dem Norden" in text_of(editor, "/initiatives/nordwerk/revisions/1")
    far = ("7", "99999999999999", "compare?older=1&newer=99999999999999", "compare")
    assert {editor.get(f"/initiatives/nordwerk/revisions/{number}").status_code for number in far} == {404}


def test_cards_show_the_own_initiative(nordwerk: Profile, login: Login) -> None:
    assert "/initiatives/nordwerk/edit" in text_of(login("editor"), "/")
    assert "/initiatives/nordwerk/edit" not in text_of(login("member"), "/")


def test_member_show_names_their_initiatives(nordwerk: Profile, network: Network, login: Login) -> None:
    html = text_of(login("member"), f"/members/{network.member('editor').id}")
    assert 'href="/initiatives/nordwerk"' in html
    assert "Boote aus dem Norden" in html


@pytest.mark.parametrize(("who", "sees"), [("member", False), ("other", False), ("coeditor", True)])
def test_member_show_keeps_drafts_from_others(
    draft: Profile, network: Network, login: Login, who: str, sees: bool
) -> None:
    html = text_of(login(who), f"/members/{network.member('editor').id}")
    assert ("Noch geheim" in html) == ('href="/initiatives/nordwerk"' in html) == sees
