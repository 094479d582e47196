"""Errors are pages with the right status, in the reader's language, with a way on."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal.errors import Conflict, Forbidden, Invalid, NotFound, TooMany, Unavailable
from portal.web.access import access
from tests.fixtures.client import PortalClient

RAISED = {
    400: Invalid("x"),
    403: Forbidden("x"),
    404: NotFound(),
    409: Conflict("x"),
    429: TooMany("x", 30),
    500: ZeroDivisionError(),
    503: Unavailable("x"),
}


@pytest.fixture
def raising(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, Exception]:
    """A page (the log-in's) that raises what the test puts here."""
    chosen: dict[str, Exception] = {}

    @access("public")
    def view() -> str:
        raise chosen["error"]

    monkeypatch.setitem(app.view_functions, "login.login_form", view)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return chosen


@pytest.mark.parametrize("status", RAISED)
@pytest.mark.parametrize("locale", ["de", "en"])
def test_error_page(client: PortalClient, raising: dict[str, Exception], status: int, locale: str) -> None:
    raising["error"] = RAISED[status]
    answer = client.get("/login", headers={"Accept-Language": locale})
    assert answer.status_code == status
    assert f'<html lang="{locale}"' in answer.text
    assert re.search(r'<a [^>]*href="/', answer.text)


def test_strangers_are_led_to_the_login_and_back_to_what_they_wanted(client: PortalClient) -> None:
    main = client.get("/events/internes-treffen").text.split("<main")[1]
    assert 'class="btn btn-primary" href="/login?next=/events/internes-treffen"' in main


def test_database_away_is_503_with_a_time(client: PortalClient, raising: dict[str, Exception]) -> None:
    raising["error"] = OperationalError("SELECT secret", {}, Exception("away"))
    answer = client.get("/login")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "15")
    assert "secret" not in answer.text


def test_too_many_says_how_long(client: PortalClient, raising: dict[str, Exception]) -> None:
    raising["error"] = RAISED[429]
    assert client.get("/login").headers["Retry-After"] == "30"


def test_unexpected_error_gives_a_reference_and_no_details(client: PortalClient, raising: dict[str, Exception]) -> None:
    raising["error"] = RuntimeError("canary-in-a-traceback")
    answer = client.get("/login")
    assert "canary" not in answer.text
    assert re.search(r"\b[0-9a-f]{8}\b", answer.text)


def test_a_form_without_token_changes_nothing(client: PortalClient) -> None:
    assert client.post("/preferences/theme", data={"theme": "dark"}, csrf=False).status_code == 400


def test_too_large_a_request_is_413(client: PortalClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 10)
    assert client.post("/login", data={"email": "x" * 100}).status_code == 413


def test_a_refusals_values_are_filled_in(client: PortalClient, raising: dict[str, Exception]) -> None:
    raising["error"] = Invalid("at most %(limit)s MB", "file", limit=64)
    assert "at most 64 MB" in client.get("/login").text


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/me", 503), ("/nowhere", 503)])
def test_a_member_gets_a_page_too_while_the_database_is_away(
    login: Callable[[str], PortalClient], monkeypatch: pytest.MonkeyPatch, path: str, status: int
) -> None:
    member = login("member")

    def away(allowed: bool) -> None:
        raise OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr("portal.login.loader.writing", away)
    assert member.get(path).status_code == status
