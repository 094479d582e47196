"""The demo shows what an operator writes."""

from collections.abc import Callable

from flask import Flask

from portal.database import unit_of_work
from portal.demo.texts import publish_texts
from tests.fixtures.client import PortalClient


def test_the_texts_are_public_in_both_languages(app: Flask, client: PortalClient) -> None:
    with unit_of_work():
        publish_texts()
    assert "erfundenen Netzwerks" in client.get("/privacy").text
    assert "invented network" in client.get("/terms", headers={"Accept-Language": "en"}).text


def test_they_hold_nobody_up(app: Flask, login: Callable[[str], PortalClient]) -> None:
    with unit_of_work():
        publish_texts()
    assert login("member").get("/").status_code == 200
