"""What the API says of itself."""

from __future__ import annotations

from flask import Flask

from portal.permissions.actor import system
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.lifecycle import Lifecycle
from tests.fixtures.client import PortalClient

DOCUMENT, PAGE = "/api/v1/openapi.json", "/api/docs"


def test_the_document_describes_resources_with_their_shapes(client: PortalClient) -> None:
    document = client.get(DOCUMENT).get_json()
    assert document["openapi"] == "3.1.0"
    assert "/api/v1/initiatives/{slug}" in document["paths"]
    assert "summary" in document["components"]["schemas"]["InBrief"]["properties"]


def test_nothing_is_said_of_plugins_that_are_off(app: Flask, client: PortalClient) -> None:
    Lifecycle(app.extensions[EXTENSION]).disable(system(), "initiatives")
    assert "initiatives" not in client.get(DOCUMENT).get_data(as_text=True)
    assert "initiatives" not in client.get(PAGE).get_data(as_text=True)


def test_the_page_shows_parameters_and_answers(client: PortalClient) -> None:
    page = client.get(PAGE).get_data(as_text=True)
    assert "GET /api/v1/initiatives/{slug}" in page
    assert "items[].summary" in page


def test_resources_of_a_plugin_that_is_off_are_as_unknown_ones(app: Flask, client: PortalClient) -> None:
    Lifecycle(app.extensions[EXTENSION]).disable(system(), "initiatives")
    methods = ("GET", "HEAD", "POST", "OPTIONS", "DELETE")
    for path in ("/api/v1/initiatives/", "/api/v1/initiatives", "/api/v1/initiatives/nordwerk"):
        answers = [client.open(path, method=method) for method in methods]
        unknown = [client.open("/api/v1/nothing/", method=method) for method in methods]
        assert [(one.status_code, one.data) for one in answers] == [(one.status_code, one.data) for one in unknown]
