"""The list, its count in the header, and what one chooses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.database import unit_of_work
from portal.notices.services.choosing import list_rhythms
from portal.notices.services.queries import key_of_notice, list_notices
from portal.notices.services.telling import notify
from portal.organisations.services.memberships import set_membership
from portal.permissions.actor import Actor, system
from portal.plugin_host import asking
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.portal.notices.conftest import notices_of

LogIn = Callable[[str], PortalClient]
JOINED = "organisations.member_joined"


def tell(network: Network, count: int) -> None:
    """Tell Ines ``count`` times of a colleague."""
    subject = f"{network.organisation('nordwerk').id}-{network.member('member').id}"
    readers = [network.member("editor").id]
    with unit_of_work():
        for _ in range(count):
            notify(Actor(), JOINED, readers, subject, "/me", {"name": "<b>Mia</b>", "organisation": "Nordwerk"})


def test_the_bell_counts_and_the_list_shows(network: Network, login: LogIn) -> None:
    tell(network, 3)
    browser = login("editor")
    assert '<span class="bell-count" aria-hidden="true">3</span>' in browser.get("/me").text
    assert browser.get("/me/notices").text.count("&lt;b&gt;Mia&lt;/b&gt;") == 3
    assert "Mia" not in login("coeditor").get("/me/notices").text


def test_opening_marks_as_read_and_leads_there(network: Network, login: LogIn) -> None:
    tell(network, 1)
    number, browser = notices_of(network, "editor")[0].id, login("editor")
    assert login("coeditor").post(f"/me/notices/{number}/open").status_code == 404
    assert browser.post(f"/me/notices/{number}/open").location == "/me"
    assert "bell-count" not in browser.get("/me").text


def test_all_read_leaves_what_came_meanwhile(network: Network, login: LogIn) -> None:
    tell(network, 2)
    newest = key_of_notice(max(notices_of(network, "editor"), key=lambda one: (one.created_at, one.id)))
    tell(network, 1)
    login("editor").post("/me/notices/read", data={"newest": newest})
    assert sum(one.read_at is None for one in notices_of(network, "editor")) == 1


def test_what_one_may_no_longer_know_is_hidden_and_not_counted(network: Network, login: LogIn) -> None:
    tell(network, 1)
    with unit_of_work():
        set_membership(system(), network.member("editor").id, network.organisation("nordwerk").id, "representative")
    browser = login("editor")
    assert "Mia" not in browser.get("/me/notices").text
    assert "bell-count" not in browser.get("/me").text and len(notices_of(network, "editor")) == 1


def test_notices_of_what_is_off_are_hidden_and_not_lost(
    network: Network, login: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(network, 1)
    with monkeypatch.context() as off:
        off.setattr(asking, "CORE_NOTICES", [one for one in asking.CORE_NOTICES if one.name != JOINED])
        assert "bell-count" not in login("editor").get("/me/notices").text
    assert "bell-count" in login("editor").get("/me/notices").text


def test_pages_go_through_everything_once(network: Network) -> None:
    tell(network, 70)
    seen, after, actor = [], "", network.actor("editor")
    while True:
        page = list_notices(actor, after)
        seen += [one.id for one in page.items]
        if page.next_key is None:
            break
        after = page.next_key
    assert len(seen) == len(set(seen)) == 70


def test_the_list_costs_the_same_for_few_and_for_many(network: Network, login: LogIn, statements: list[str]) -> None:
    costs, browser = [], login("editor")
    for count in (1, 29):
        tell(network, count)
        statements.clear()
        browser.get("/me/notices")
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 5


def test_what_is_chosen_stays_and_security_is_no_choice(network: Network, login: LogIn) -> None:
    browser = login("editor")
    page = browser.get("/me/notices/settings").text
    assert f'name="{JOINED}"' in page and 'name="login.security"' not in page
    browser.post("/me/notices/settings", data={JOINED: "weekly", "login.security": "never", "nonsense": "daily"})
    chosen = list_rhythms(network.actor("editor"))
    assert chosen[JOINED] == "weekly" and "login.security" not in chosen
    assert browser.post("/me/notices/settings", data={JOINED: "hourly"}).status_code == 422


def test_kinds_are_offered_to_whom_they_concern(login: LogIn) -> None:
    assert "invitations.request_waiting" in login("editorial").get("/me/notices/settings").text
    page = login("member").get("/me/notices/settings").text
    assert "invitations.request_waiting" not in page and JOINED not in page
