"""Every route declares itself, and an undeclared one stops the start."""

from typing import Any

import pytest
from flask import Flask

from portal.web.access import UndeclaredRoute, access, check_routes, list_routes


def test_an_undeclared_route_stops_the_start() -> None:
    app = Flask("bare", static_folder=None)
    app.add_url_rule("/open", "open", lambda: "open")
    with pytest.raises(UndeclaredRoute, match="open"):
        check_routes(app)


def test_an_unknown_rate_class_stops_the_start() -> None:
    app = Flask("bare", static_folder=None)
    rate: Any = "often"
    app.add_url_rule("/x", "x", access("public", rate=rate)(lambda: "x"))
    with pytest.raises(UndeclaredRoute, match="often"):
        check_routes(app)


def test_every_route_of_the_portal_is_declared(app: Flask) -> None:
    assert len(list(list_routes(app))) > 30
