"""A plugin that is off answers like an address that never was, and no line of it runs."""

import re
import time
from collections.abc import Iterator

import pytest
from flask import Flask

from portal.permissions.actor import system
from portal.plugin_host.host import POLL_S
from portal.plugin_host.lifecycle import Lifecycle
from tests.fixtures.client import PortalClient
from tests.fixtures.foreign import host_of
from tests.fixtures.people import open_login

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


@pytest.fixture
def member(guest_app: Flask) -> PortalClient:
    return guest_app.test_client().log_in_as(open_login("member"))  # type: ignore[attr-defined]


def switch_off(application: Flask, plugin_id: str = "notes") -> None:
    Lifecycle(host_of(application)).disable(system(), plugin_id)


def comparable(body: bytes, *unstable: str) -> str:
    """The page without what differs from request to request: nonce, token and the address itself."""
    text = re.sub(r'(nonce|value|content)="[^"]{16,}"', "", body.decode())
    for one in unstable:
        text = text.replace(one, "")
    return text


def test_page_is_there_while_on(member: PortalClient) -> None:
    assert member.get("/notes/").status_code == 200


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/notes/", "/notes", "/notes/static/x.css", "/api/v1/notes/x"])
def test_every_method_answers_as_for_an_unknown_address(
    guest_app: Flask, member: PortalClient, method: str, path: str
) -> None:
    unknown = path.replace("notes", "netos")
    switch_off(guest_app)
    answers = [member.open(one, method=method) for one in (path, unknown)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert comparable(answers[0].data, path, "notes") == comparable(answers[1].data, unknown, "netos")
    assert "Allow" not in answers[0].headers


ODD_PATHS = (
    *("//initiatives/", "/initiatives//", "/INITIATIVES/", "///initiatives/static/build/manifest.json", "/initiatives"),
    *("/api/v1//initiatives/", "//api//v1//initiatives//", "/api/v1/initiatives"),
)


def test_odd_spellings_of_an_address_answer_as_for_an_unknown_one(guest_app: Flask, member: PortalClient) -> None:
    switch_off(guest_app, "initiatives")
    for path in ODD_PATHS:
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            answer = member.open("/", method=method, environ_overrides={"PATH_INFO": path})
            assert (path, method, answer.status_code) == (path, method, 404)
            assert not {"Allow", "Location"} & set(answer.headers.keys())


def test_menu_card_and_slot_vanish_and_come_back(guest_app: Flask, member: PortalClient) -> None:
    assert all("Notizen" in member.get("/", headers={"Accept-Language": "de"}).text for _ in range(1))
    switch_off(guest_app)
    assert "Notizen" not in member.get("/").text
    assert "Ein Zettel" not in member.get("/organisations/nordwerk").text
    Lifecycle(host_of(guest_app)).enable(system(), "notes")
    assert "Notizen" in member.get("/").text


def test_other_worker_follows_within_a_second(guest_app: Flask, other_worker: Flask) -> None:
    client = other_worker.test_client().log_in_as(open_login("member"))  # type: ignore[attr-defined]
    assert client.get("/notes/").status_code == 200
    switch_off(guest_app)
    time.sleep(POLL_S + 0.05)
    assert client.get("/notes/").status_code == 404


def test_no_request_hook_of_a_plugin_that_is_off_runs(guest_app: Flask, member: PortalClient) -> None:
    ran: list[str] = []
    hooks = guest_app.before_request_funcs.setdefault("notes", [])
    hooks.append(lambda: ran.append("ran"))
    switch_off(guest_app)
    member.get("/notes/")
    assert ran == []


def test_permissions_of_a_plugin_that_is_off_do_not_count(guest_app: Flask) -> None:
    host = host_of(guest_app)
    assert "notes.write" in host.permissions_of(frozenset({"editorial"}))
    switch_off(guest_app)
    assert "notes.write" not in host.permissions_of(frozenset({"editorial"}))


def test_jobs_of_a_plugin_that_is_off_rest(guest_app: Flask) -> None:
    runner = guest_app.extensions["portal_jobs"]
    assert runner.may_run("notes.count")
    switch_off(guest_app)
    assert not runner.may_run("notes.count")


@pytest.fixture(autouse=True)
def clean_hooks(guest_app: Flask) -> Iterator[None]:
    yield
    guest_app.before_request_funcs.pop("notes", None)
