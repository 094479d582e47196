"""The description of the API: a document for programs and a page for people."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from portal.api.describing import describe, list_operations
from portal.permissions.actor import PUBLIC
from portal.web.access import access

blueprint = Blueprint("api", __name__)


@blueprint.get("/api/v1/openapi.json")
@access(PUBLIC)
def description_show() -> Response:
    """What the API offers now, as OpenAPI 3.1."""
    return jsonify(describe())


@blueprint.get("/api/docs")
@access(PUBLIC)
def documentation_show() -> str:
    """The same for people."""
    return render_template("portal/api/documentation_show.html", operations=list(list_operations()))
