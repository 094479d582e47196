from __future__ import annotations

from typing import Any

import pytest

from plugins.initiatives.models import Profile
from plugins.initiatives.services import queries
from plugins.initiatives.services.content import snapshot
from plugins.initiatives.services.history import get_pair, list_history
from plugins.initiatives.services.profiles import (
    TYPE,
    Edit,
    create_profile,
    publish_profile,
    restore_revision,
    unpublish_profile,
    update_profile,
)
from portal.sdk.access import anonymous
from portal.sdk.errors import Conflict, Forbidden, Invalid, NotFound
from portal.sdk.revisions import get_revision
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import edit, save


def test_create_profile_begins_a_draft_with_its_place(network: Network) -> None:
    profile = create_profile(network.actor("editor"), network.organisation("nordwerk").id)
    assert (profile.state, profile.town, profile.revision) == ("draft", "Kiel", 1)
    assert profile.latitude == pytest.approx(54.32, abs=0.05)


@pytest.mark.parametrize("who", ["other", "member"])
def test_create_profile_is_for_editors_only(network: Network, who: str) -> None:
    with pytest.raises(NotFound):
        create_profile(network.actor(who), network.organisation("nordwerk").id)


def test_create_profile_refuses_a_second_one(nordwerk: Profile, network: Network) -> None:
    with pytest.raises(Invalid):
        create_profile(network.actor("editorial"), nordwerk.organisation_id)


@pytest.mark.parametrize("who", ["editor", "coeditor", "editorial", "admin"])
def test_update_profile_by_own_people_and_reviewers(nordwerk: Profile, network: Network, who: str) -> None:
    save(network.actor(who), nordwerk, claim="Neu")
    assert (nordwerk.claim, nordwerk.revision) == ("Neu", 2)


@pytest.mark.parametrize("who", ["other", "member"])
def test_update_profile_is_refused_to_others(nordwerk: Profile, network: Network, who: str) -> None:
    with pytest.raises(Forbidden):
        save(network.actor(who), nordwerk, claim="Gekapert")


@pytest.mark.parametrize("who", ["other", "member"])
def test_update_profile_of_a_draft_says_nothing_to_others(draft: Profile, network: Network, who: str) -> None:
    with pytest.raises(NotFound):
        save(network.actor(who), draft, claim="Gekapert")


def test_update_profile_joins_edits_of_different_fields(nordwerk: Profile, network: Network) -> None:
    mine = edit(nordwerk, needs=["Segel"])
    save(network.actor("coeditor"), nordwerk, claim="Schiff ahoi")
    saved = update_profile(network.actor("editor"), "nordwerk", mine)
    assert saved.is_merged
    assert (nordwerk.claim, nordwerk.needs) == ("Schiff ahoi", ["Segel"])


def test_update_profile_with_both_changing_a_field_keeps_both_texts(nordwerk: Profile, network: Network) -> None:
    mine = edit(nordwerk, claim="Mein Satz", needs=["Segel"])
    save(network.actor("coeditor"), nordwerk, claim="Ihr Satz")
    with pytest.raises(Conflict) as refused:
        update_profile(network.actor("editor"), "nordwerk", mine)
    details = refused.value.details
    assert details["clashes"] == ["claim"]
    assert (details["mine"]["claim"], details["theirs"]["claim"]) == ("Mein Satz", "Ihr Satz")
    assert details["mine"]["needs"] == ["Segel"]


def test_update_profile_joins_edits_of_a_text_that_ended_in_an_empty_line(nordwerk: Profile, network: Network) -> None:
    nordwerk.text, revision = "Über uns\n", get_revision(TYPE, nordwerk.id, 1)
    revision.data = snapshot(nordwerk)
    mine = edit(nordwerk, text="Über uns", claim="Neuer Leitsatz")
    save(network.actor("coeditor"), nordwerk, text="Mehr über uns")
    update_profile(network.actor("editor"), "nordwerk", mine)
    assert (nordwerk.text, nordwerk.claim) == ("Mehr über uns", "Neuer Leitsatz")


def test_create_profile_keeps_texts_as_a_form_sends_them_back(network: Network) -> None:
    values = {"text": "Eins\r\nzwei \r\n\r\n", "goals": ["Ziel \n", "Ziel", " "], "laender": ["SH", "HH"]}
    profile = create_profile(network.actor("editor"), network.organisation("nordwerk").id, values)
    assert (profile.text, profile.goals) == ("Eins\nzwei", ["Ziel"])
    assert profile.laender == ["HH", "SH"]


def test_update_profile_can_take_their_text(nordwerk: Profile, network: Network) -> None:
    save(network.actor("coeditor"), nordwerk, claim="Ihr Satz")
    values = {**snapshot(nordwerk), "claim": "Mein Satz", "needs": ["Segel"]}
    update_profile(network.actor("editor"), "nordwerk", Edit(values, nordwerk.revision, taken=frozenset({"claim"})))
    assert (nordwerk.claim, nordwerk.needs) == ("Ihr Satz", ["Segel"])


def test_update_profile_from_an_unknown_revision_overwrites_nothing(nordwerk: Profile, network: Network) -> None:
    with pytest.raises(Conflict):
        save(network.actor("editor"), nordwerk, start=99, claim="Blind")
    assert nordwerk.claim == "Boote aus dem Norden"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("summary", {"summary": "x" * 801}),
        ("website", {"website": "javascript:alert(1)"}),
        ("website", {"website": "nordwerk.example"}),
        ("postcode", {"postcode": "1234"}),
        ("founded", {"founded": 3000}),
        ("pin_latitude", {"pin_latitude": 51.5}),
        ("pin_latitude", {"pin_latitude": 48.85, "pin_longitude": 2.35}),
        ("laender", {"laender": ["XX"]}),
        ("topics", {"topics": ["gibt-es-nicht"]}),
    ],
)
def test_update_profile_checks_values(nordwerk: Profile, network: Network, field: str, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        save(network.actor("editor"), nordwerk, **values)
    assert refused.value.field == field


def test_update_profile_prefers_the_pin_set_by_hand(nordwerk: Profile, network: Network) -> None:
    save(network.actor("editor"), nordwerk, pin_latitude=54.5, pin_longitude=9.5)
    assert (nordwerk.latitude, nordwerk.longitude) == (54.5, 9.5)
    save(network.actor("editor"), nordwerk, pin_latitude=None, pin_longitude=None, town="Neustadt")
    assert nordwerk.latitude is None or nordwerk.town == "Neustadt"


def test_update_profile_always_counts_the_land_of_the_seat(nordwerk: Profile, network: Network) -> None:
    save(network.actor("editor"), nordwerk, laender=["HH"])
    assert nordwerk.laender == ["HH", "SH"]


def test_publish_profile_wants_a_summary(network: Network) -> None:
    editor = network.actor("editor")
    create_profile(editor, network.organisation("nordwerk").id)
    with pytest.raises(Invalid):
        publish_profile(editor, "nordwerk")


def test_publish_profile_shows_it_and_unpublish_profile_hides_it(draft: Profile, network: Network) -> None:
    editor = network.actor("editor")
    publish_profile(editor, "nordwerk")
    assert queries.get_profile(anonymous(), "nordwerk") is draft
    unpublish_profile(editor, "nordwerk")
    with pytest.raises(NotFound):
        queries.get_profile(anonymous(), "nordwerk")


def test_publish_profile_for_members_hides_it_from_the_public(draft: Profile, network: Network) -> None:
    save(network.actor("editor"), draft, reach="member")
    publish_profile(network.actor("editor"), "nordwerk")
    assert queries.get_profile(network.actor("member"), "nordwerk") is draft
    with pytest.raises(NotFound):
        queries.get_profile(anonymous(), "nordwerk")


def test_restore_revision_brings_the_text_back_as_a_new_one(nordwerk: Profile, network: Network) -> None:
    editor = network.actor("editor")
    save(editor, nordwerk, claim="Verschlimmbessert", goals=["eins"])
    restore_revision(editor, "nordwerk", 1, "zurück")
    history = list_history(editor, "nordwerk")
    assert (nordwerk.claim, nordwerk.goals) == ("Boote aus dem Norden", [])
    assert [revision.number for revision in history.revisions] == [3, 2, 1]


def test_get_pair_puts_the_earlier_one_first(nordwerk: Profile, network: Network) -> None:
    editor = network.actor("editor")
    save(editor, nordwerk, claim="Boote aus dem hohen Norden")
    _, older, newer = get_pair(editor, "nordwerk", 2, 1)
    assert (older.number, newer.number) == (1, 2)
    assert newer.data["claim"] == "Boote aus dem hohen Norden"


@pytest.mark.parametrize("who", ["other", "member"])
def test_list_history_is_for_editors_only(nordwerk: Profile, network: Network, who: str) -> None:
    with pytest.raises(Forbidden):
        list_history(network.actor(who), "nordwerk")


def test_update_profile_without_changes_makes_no_revision(nordwerk: Profile, network: Network) -> None:
    save(network.actor("editor"), nordwerk)
    assert nordwerk.revision == 1
