"""Initiatives for other programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plugins.initiatives.models import Profile
from plugins.initiatives.services import queries
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import SECRET_MAIL, SECRET_STREET, make_profile

ALL = "/api/v1/initiatives/"
Login = Callable[[str], PortalClient]


def test_profile_list_gives_what_the_asker_may_read(draft: Profile, client: PortalClient, login: Login) -> None:
    make_profile("suedwerk")
    slugs = {who: [one["slug"] for one in login(who).get(ALL).get_json()["items"]] for who in ("member", "editor")}
    assert slugs == {"member": ["suedwerk"], "editor": ["nordwerk", "suedwerk"]}
    assert [one["slug"] for one in client.get(ALL).get_json()["items"]] == ["suedwerk"]


def test_profile_list_filters(nordwerk: Profile, client: PortalClient) -> None:
    assert [one["slug"] for one in client.get(f"{ALL}?land=SH&q=nord").get_json()["items"]] == ["nordwerk"]
    assert client.get(f"{ALL}?land=BY").json == {"items": [], "next": None}


def test_profile_list_goes_on_where_the_page_before_ended(
    nordwerk: Profile, client: PortalClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_profile("suedwerk")
    monkeypatch.setattr(queries, "PAGE_SIZE", 1)
    first = client.get(ALL).get_json()
    second = client.get(first["next"].removeprefix("http://localhost")).get_json()
    assert [one["slug"] for page in (first, second) for one in page["items"]] == ["nordwerk", "suedwerk"]


def test_profile_show_gives_no_contact(nordwerk: Profile, network: Network, login: Login) -> None:
    answer = login("member").get(f"{ALL}nordwerk").get_data(as_text=True)
    assert "Boote aus dem Norden" in answer
    assert SECRET_MAIL not in answer and SECRET_STREET not in answer


def test_a_wrong_argument_is_a_problem_that_names_it(client: PortalClient) -> None:
    answer = client.get(f"{ALL}?q={'x' * 101}")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert list(answer.get_json()["errors"]["query"]) == ["q"]
