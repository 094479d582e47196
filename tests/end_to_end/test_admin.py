"""Admins: plugins switched while everybody works, members, what happened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.end_to_end.conftest import Meet
from tests.end_to_end.visitor import Visitor
from tests.end_to_end.words import Say
from tests.servers.process import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("end_to_end")]
ENOUGH_FOR_BOTH_WORKERS = 16


def statuses(visitor: Visitor, path: str) -> set[int]:
    """What the portal answers, asked so often over connections of their own that each worker comes to speak."""
    close = {"Connection": "close"}
    asked = range(ENOUGH_FOR_BOTH_WORKERS)
    return {visitor.context.request.get(visitor.url + path, headers=close).status for _ in asked}


def switch_on(visitor: Visitor, say: Say) -> None:
    """From the plugin's page, past what says what will appear."""
    visitor.follow(say("Switch on"))
    visitor.press("Switch it on")


@pytest.fixture
def admin(meet: Meet, say: Say) -> Iterator[Visitor]:
    """The admin, who leaves the events switched on."""
    person = meet("admin")
    yield person
    person.go("/admin/plugins/events")
    if person.link(say("Switch on")).count():
        switch_on(person, say)


def test_admin_switches_a_plugin_off_and_on_while_others_work(meet: Meet, say: Say, admin: Visitor) -> None:
    member = meet("mitglied")
    member.go("/")
    admin.go("/admin/plugins")
    admin.follow(say("Switch off") + " " + say("Events"))
    admin.press("Switch it off")
    wait_until(lambda: statuses(member, "/events/") == {404}, "the absence of events", 5)
    assert statuses(member, "/initiatives/") == {200}
    member.go("/")
    expect(member.page.locator("header a[href='/events/']")).to_have_count(0)
    admin.go("/admin/plugins/events")
    switch_on(admin, say)
    wait_until(lambda: statuses(member, "/events/") == {200}, "the return of events", 5)


def test_admin_reads_what_happened(admin: Visitor) -> None:
    for path in ("/admin/", "/admin/members", "/admin/roles", "/admin/organisations", "/admin/system"):
        assert admin.go(path).status == 200
    admin.go("/admin/audit")
    assert admin.sees("Carola Weidenfeld")


def test_members_are_no_admins(meet: Meet) -> None:
    member = meet("mitglied")
    assert {member.go(path).status for path in ("/admin/plugins", "/admin/audit")} == {403}
