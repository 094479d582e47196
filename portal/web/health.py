"""/healthz says the process lives; /readyz says the portal can serve."""

from __future__ import annotations

import structlog
from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text

from portal.extensions import db
from portal.jobs.heartbeat import is_worker_alive
from portal.permissions.actor import PUBLIC
from portal.web.access import access

READINESS = "portal_readiness"
log = structlog.get_logger(__name__)
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access(PUBLIC, rate="health")
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@access(PUBLIC, rate="health")
def readyz() -> tuple[Response, int]:
    """Database, storage and worker, each ok or not; 503 unless all are."""
    checks = {name: _passes(check) for name, check in readiness_checks().items()}
    return jsonify(checks), 200 if all(checks.values()) else 503


def readiness_checks() -> dict[str, object]:
    """What must work: the database, the worker, and what other rooms registered."""
    return {"database": _database_answers, "worker": is_worker_alive, **current_app.extensions[READINESS]}


def _database_answers() -> bool:
    return db.session.scalar(text("SELECT 1")) == 1


def _passes(check: object) -> bool:
    try:
        return bool(check())  # type: ignore[operator]
    except Exception:
        log.exception("readiness_check_failed", check=getattr(check, "__name__", ""))
        return False
