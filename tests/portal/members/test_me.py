"""One's own details and language."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image

from portal.database import unit_of_work
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address

LogIn = Callable[..., PortalClient]


def me() -> dict[str, object]:
    with unit_of_work():
        one = Network().member("member")
        return {
            "name": one.name,
            "function": one.function,
            "locale": one.locale,
            "version": one.version,
            "state": one.state,
        }


def test_me_update_keeps_name_function_and_language(login: LogIn) -> None:
    data = {"name": " Mia  Neu ", "function": "Projektleitung", "locale": "en", "version": me()["version"]}
    assert login("member").post("/me", data=data).status_code == 302
    assert (me()["name"], me()["function"], me()["locale"]) == ("Mia Neu", "Projektleitung", "en")


def test_me_update_takes_nothing_else(login: LogIn) -> None:
    data = {"name": "Mia", "locale": "", "version": me()["version"], "state": "disabled", "email": "x@y.example"}
    login("member").post("/me", data=data)
    assert me()["state"] == "active"
    with unit_of_work():
        assert Network().member("member").email == address("member")


def test_me_update_refuses_what_overtook(login: LogIn) -> None:
    client, old = login("member"), me()["version"]
    client.post("/me", data={"name": "Mia Eins", "locale": "", "version": old})
    assert client.post("/me", data={"name": "Mia Zwei", "locale": "", "version": old}).status_code == 409
    assert me()["name"] == "Mia Eins"


def test_me_update_keeps_the_form_without_a_name(login: LogIn) -> None:
    answer = login("member").post("/me", data={"name": "", "function": "Referat", "locale": "", "version": 1})
    assert answer.status_code == 422
    assert 'value="Referat"' in answer.text


def test_a_language_chosen_in_the_header_is_kept_in_the_row(login: LogIn) -> None:
    login("member").post("/preferences/language", data={"locale": "en", "next": "/"})
    assert me()["locale"] == "en"


def test_a_language_chosen_before_the_log_in_stays(client: PortalClient) -> None:
    client.post("/preferences/language", data={"locale": "en", "next": "/login"})
    client.post("/login", data={"email": address("member"), "password": "richtig-pferd-batterie"})
    assert '<html lang="en"' in client.get("/").text


def test_a_colour_mode_is_kept_for_other_devices(login: LogIn) -> None:
    login("member").post("/preferences/theme", data={"theme": "dark", "next": "/"})
    assert 'data-bs-theme="dark"' in login("member").get("/me").text


def test_times_are_shown_in_the_chosen_time_zone(login: LogIn) -> None:
    client = login("member")
    data = {"name": "Mia", "locale": "", "timezone": "Pacific/Auckland", "version": me()["version"]}
    before = re.findall(r"\d\d:\d\d", client.get("/me/sessions").text)
    assert client.post("/me", data=data).status_code == 302
    assert before and before != re.findall(r"\d\d:\d\d", client.get("/me/sessions").text)


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "call me"), ("about", "x" * 601), ("topics", "999"), ("timezone", "Mars/Rim"), ("email_shown", "all")],
)
def test_me_update_refuses_what_is_wrong_and_keeps_what_was_typed(login: LogIn, field: str, value: str) -> None:
    data = {"name": "Mia", "locale": "", "version": me()["version"], "function": "Referat", field: value}
    answer = login("member").post("/me", data=data)
    assert (answer.status_code, 'value="Referat"' in answer.text) == (422, True)


def test_a_photo_is_shown_to_whom_it_may_be_shown(login: LogIn) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (60, 90), "navy").save(stream, "PNG")
    stream.seek(0)
    login("editor").post("/me/photo", data={"photo": (stream, "p.png")})
    with unit_of_work():
        one = Network().member("editor")
        one.photo_shown, path = "organisation", f"/members/{one.id}/photo"
    assert [login(who).get(path).status_code for who in ("member", "coeditor", "editor")] == [404, 200, 200]
