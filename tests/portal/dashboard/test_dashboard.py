"""The start page."""

from __future__ import annotations

from collections.abc import Callable

from tests.fixtures.client import PortalClient

LogIn = Callable[..., PortalClient]


def test_dashboard_show_welcomes_the_public(client: PortalClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert 'href="/login"' in answer.text


def test_dashboard_show_greets_members_and_names_their_organisation(login: LogIn) -> None:
    text = login("editor").get("/").text
    assert "Ines Initiative" in text
    assert 'href="/organisations/nordwerk"' in text


def test_dashboard_show_costs_few_statements(login: LogIn, statements: list[str]) -> None:
    client = login("editor")
    client.get("/")
    statements.clear()
    client.get("/")
    assert len(statements) <= 8
