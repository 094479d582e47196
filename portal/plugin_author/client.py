"""A client for tests that sends the CSRF token, as a page's form does."""

from __future__ import annotations

import hashlib
import os
from contextvars import Context
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from portal.extensions import db

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class PortalClient(FlaskClient):
    """Like Flask's; unsafe requests carry a valid CSRF token unless ``csrf=False``."""

    def open(self, *args: Any, csrf: bool = True, **options: Any) -> TestResponse:  # type: ignore[override]
        """Send a request as a browser does: in a context of its own, on what the test has committed."""
        _hand_over()
        if csrf and options.get("method", "GET") in UNSAFE:
            headers = dict(options.get("headers") or {})
            options["headers"] = {**headers, "X-CSRFToken": self.csrf_token()}
        return Context().run(super().open, *args, **options)

    def csrf_token(self) -> str:
        """A token that fits this client's session."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", hashlib.sha1(os.urandom(64)).hexdigest())  # noqa: S324 (as Flask-WTF makes it)
        return URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token").dumps(raw)

    def log_in_as(self, token: str) -> PortalClient:
        """Carry this session token, as after a log-in."""
        with self.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return self


def _hand_over() -> None:
    """Commit what the test did and hold no lock, so that the request sees it and can write."""
    if has_app_context():
        db.session.commit()
        db.session.expire_all()
