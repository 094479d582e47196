"""The one place where errors become pages."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.errors import PortalError
from portal.web.sentences import sentence_of

log = structlog.get_logger(__name__)
PAGES = frozenset({400, 403, 404, 409, 413, 429, 500, 503})
RETRY_AFTER_S = 15


def error_page(status: int, message: str = "", **values: Any) -> Response:
    """The page for ``status`` in the reader's language; ``message`` is a translated sentence that says more."""
    template = status if status in PAGES else (500 if status >= 500 else 400)
    reference = values.pop("reference", "")
    body = render_template(
        f"portal/errors/{template}.html", status=status, message=message, reference=reference, **values
    )
    return Response(body, status, mimetype="text/html")


def handle_portal_error(error: PortalError) -> Response:
    """A service refused: show the page of its kind with its sentence."""
    message = sentence_of(error) if error.status != 404 else ""
    return _with_time(error_page(error.status, message), error)


def handle_http_error(error: HTTPException) -> Response:
    """An error of Werkzeug or a route that does not exist; redirects pass through."""
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    if isinstance(error, SecurityError):  # a foreign Host: no address can be built, so no page either
        return Response("Unknown host.\n", 400, mimetype="text/plain")
    response = error_page(error.code)
    if error.code == 405 and (allowed := getattr(error, "valid_methods", None)):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    if error.code == 429 and error.response is not None:
        response.headers.extend(error.response.headers)
    return _with_time(response, error)


def _with_time(response: Response, error: Exception) -> Response:
    """Say when to try again, where the error knows."""
    if retry_after := getattr(error, "retry_after", None):
        response.headers["Retry-After"] = str(retry_after)
    return response


def handle_csrf_error(error: CSRFError) -> Response:
    """The form's token is missing or too old: nothing was changed, and the reader can go back to what they typed."""
    return error_page(
        400, _("This form was open too long or came from elsewhere. Please go back, reload and send it again.")
    )


def handle_database_away(error: OperationalError) -> Response:
    """The database does not answer: say so and when to try again."""
    log.exception("database_unavailable", path=request.path)
    response = error_page(503)
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def handle_unexpected(error: Exception) -> Response:
    """Something broke: log it under a reference that the reader can quote, name the plugin whose page it was."""
    reference = secrets.token_hex(4)
    log.exception("unexpected_error", path=request.path, plugin=g.get("plugin", ""), reference=reference)
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return error_page(500, reference=reference, plugin=g.get("plugin", ""))


def configure_errors(app: Flask) -> None:
    """Map every kind of error to its page."""
    app.register_error_handler(CSRFError, handle_csrf_error)
    app.register_error_handler(PortalError, handle_portal_error)
    app.register_error_handler(HTTPException, handle_http_error)
    app.register_error_handler(OperationalError, handle_database_away)
    app.register_error_handler(Exception, handle_unexpected)
