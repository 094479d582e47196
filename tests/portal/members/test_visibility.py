"""Who sees which field: one rule, the same on pages, cards, photos and in the search."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from sqlalchemy import select

from portal.database import unit_of_work
from portal.extensions import db
from portal.members.models import Member
from portal.members.services.visibility import FIELDS, RULES, shown_to, shows, viewer_of
from portal.topics.models import Topic
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address

LogIn = Callable[..., PortalClient]
TEXTS = {"phone": "+49 711 9988776", "about": "Kanarienvogeltext", "topics": "Kanarienthema"}


def fill(who: str = "editor", **shown: str) -> int:
    """Everything said of somebody, and who sees it; gives their number."""
    with unit_of_work():
        one = Network().member(who)
        one.phone, one.about, one.languages = TEXTS["phone"], TEXTS["about"], ["pl"]
        topic = db.session.scalar(select(Topic).where(Topic.slug == "kanarie"))
        one.topics = [topic or Topic(slug="kanarie", title=TEXTS["topics"])]
        for field in FIELDS:
            setattr(one, f"{field}_shown", shown.get(field, shown.get("every", "network")))
        return one.id


@pytest.mark.parametrize(
    ("who", "rule", "seen"),
    [
        ("member", "network", True),
        ("member", "organisation", False),
        ("member", "nobody", False),
        ("coeditor", "organisation", True),
        ("coeditor", "nobody", False),
        ("editor", "nobody", True),
        ("editorial", "organisation", False),
    ],
)
def test_page_and_card_show_what_the_rule_allows(login: LogIn, who: str, rule: str, seen: bool) -> None:
    number = fill(every=rule)
    page, card = (login(who).get(f"/members/{number}{ending}").text for ending in ("", ".vcf"))
    assert all((text in page) is seen for text in TEXTS.values())
    assert (TEXTS["phone"] in card, TEXTS["about"] in card) == (seen, seen)


@pytest.mark.parametrize(("who", "seen"), [("member", False), ("coeditor", False), ("editorial", True)])
def test_the_office_sees_every_address(login: LogIn, who: str, seen: bool) -> None:
    number = fill(every="nobody")
    texts = [login(who).get(f"/members/{number}{ending}").text for ending in ("", ".vcf")]
    assert [address("editor") in text for text in texts] == [seen, seen]


@pytest.mark.parametrize(("who", "rule", "found"), [("member", "network", True), ("member", "organisation", False)])
@pytest.mark.parametrize("asked", ["q=kanarienth", "topic=1"])
def test_nobody_is_found_by_a_hidden_topic(login: LogIn, who: str, rule: str, found: bool, asked: str) -> None:
    fill(topics=rule)
    assert ("Ines Initiative" in login(who).get(f"/members/?{asked}").text) is found


@pytest.mark.parametrize("words", ["Kanarienvogeltext", "9988776", "editor@netz.example"])
def test_the_directory_does_not_look_into_texts_and_addresses(login: LogIn, words: str) -> None:
    fill(every="nobody")
    assert "Ines Initiative" not in login("member").get("/members/", query_string={"q": words}).text


def test_both_forms_of_the_rule_agree(network: Network) -> None:
    viewers = [viewer_of(network.actor(who)) for who in ("member", "coeditor", "editor", "editorial")]
    number = fill()
    for rule, field, viewer in product(RULES, [one for one in FIELDS if one != "email"], viewers):
        fill(**{field: rule})
        found = db.session.scalar(select(Member.id).where(Member.id == number, shows(viewer, field)))
        assert (found is not None) == (field in shown_to(viewer, db.session.get_one(Member, number)))


@pytest.mark.parametrize(("preview", "seen"), [("network", False), ("organisation", True)])
def test_the_preview_is_what_others_see(login: LogIn, preview: str, seen: bool) -> None:
    number = fill(every="organisation")
    assert (TEXTS["about"] in login("editor").get(f"/members/{number}?as={preview}").text) is seen


def test_nobody_previews_through_the_eyes_of_others(login: LogIn) -> None:
    number = fill(every="organisation")
    assert TEXTS["about"] not in login("member").get(f"/members/{number}?as=organisation").text
