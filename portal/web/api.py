"""The HTTP API as a whole: one description (OpenAPI) of all resources, errors as problem documents (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, json, request
from flask_smorest import Api

EXTENSION = "portal_api"
PREFIX = "/api/v1/"
PROBLEM = "application/problem+json"


class PortalApi(Api):
    """flask-smorest's, but errors stay with :mod:`portal.web.errors` and the description with :mod:`portal.api`."""

    def _register_error_handlers(self) -> None:
        """None of its own: they would answer for pages too."""


def configure_api(app: Flask, title: str) -> None:
    """Make the API that plugins' resources are mounted on."""
    described = {"title": title, "version": "1", "openapi_version": "3.1.0"}
    app.extensions[EXTENSION] = PortalApi(app, spec_kwargs=described)
    app.cli.commands.pop("openapi")  # smorest's command knows nothing of plugins that are off


def the_api(app: Flask) -> PortalApi:
    """The API of this application."""
    api: PortalApi = app.extensions[EXTENSION]
    return api


def is_api_request() -> bool:
    """Whether a program asks, so that errors are answered as problem documents."""
    return request.path.startswith(PREFIX)


def problem(status: int, detail: str = "", errors: Any = None) -> Response:
    """A problem document; ``errors`` names what was wrong with each field."""
    known = status in {one.value for one in HTTPStatus}
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase if known else "",
        "status": status,
    }
    body |= {name: value for name, value in (("detail", detail), ("errors", errors)) if value}
    return Response(json.dumps(body), status, mimetype=PROBLEM)
