"""The one search field: words in German, word parts, umlauts, filters."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Meet
from tests.end_to_end.words import Say

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]


def test_fachkraft_finds_fachkraeftegewinnung_also_in_slides(meet: Meet, say: Say) -> None:
    member = meet("mitglied")
    member.go("/")
    member.search("Fachkraft")
    assert "Fachkräftegewinnung" in member.page.locator("main article mark").all_inner_texts()
    member.leaving(member.page.locator("main nav a", has_text=say("Files and photos")).click)
    assert "type=events.attachment" in member.page.url
    assert member.sees("Folien")


def test_goettingen_finds_goettingen_with_umlaut(meet: Meet) -> None:
    member = meet("mitglied")
    member.go("/events/")
    member.search("Goettingen")
    assert "Göttingen" in member.page.locator("main article mark").all_inner_texts()


def test_a_hit_leads_to_its_place_in_the_report(meet: Meet) -> None:
    member = meet("mitglied")
    member.go("/search/?q=Getriebekoffer")
    member.leaving(member.page.locator("main article h2 a").first.click)
    assert "/events/netzwerktreffen-2023" in member.page.url
