"""Language and colour mode are chosen by POST and remembered; redirects stay here."""

import pytest

from portal.web.redirects import local_target
from tests.fixtures.client import PortalClient

HOSTILE = [
    *("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)"),
    *(
        "/\t/evil.example",
        "/%0d\n",
        " //evil.example",
        "http:evil.example",
        "///evil.example",
        "",
        None,
        "/" + "a" * 3000,
    ),
]


@pytest.mark.parametrize("target", HOSTILE)
def test_hostile_targets_lead_home(target: str | None) -> None:
    assert local_target(target) == "/"


@pytest.mark.parametrize("target", ["/", "/events/?land=BE&page=2", "/search/?q=F%C3%B6rderung", "/a#b"])
def test_own_addresses_are_kept(target: str) -> None:
    assert local_target(target) == target


def test_language_is_remembered(client: PortalClient) -> None:
    client.post("/preferences/language", data={"locale": "en", "next": "/login"})
    assert '<html lang="en"' in client.get("/login", headers={"Accept-Language": "de"}).text


def test_colour_mode_is_remembered(client: PortalClient) -> None:
    answer = client.post("/preferences/theme", data={"theme": "dark", "next": "/login"})
    assert answer.location == "/login"
    assert 'data-bs-theme="dark"' in client.get("/login").text


@pytest.mark.parametrize("field", [("language", "locale"), ("theme", "theme")])
def test_unknown_choices_are_refused(client: PortalClient, field: tuple[str, str]) -> None:
    assert client.post(f"/preferences/{field[0]}", data={field[1]: "../../etc"}).status_code == 400


def test_looking_changes_no_preference(client: PortalClient) -> None:
    assert client.get("/preferences/theme").status_code == 405
