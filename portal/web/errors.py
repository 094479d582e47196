"""The one place where errors become pages."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.errors import PortalError
from portal.web.api import is_api_request, problem
from portal.web.sentences import sentence_of

log = structlog.get_logger(__name__)
PAGES = frozenset({400, 403, 404, 409, 413, 429, 500, 503})
RETRY_AFTER_S = 15


def error_page(status: int, message: str = "", **values: Any) -> Response:
    """The page for ``status`` in the reader's language; ``message`` is a translated sentence that says more.

    The API answers with a problem document instead."""
    if is_api_request():
        return problem(status, message, values.get("errors"))
    try:
        return _page(status, message, values)
    except OperationalError:  # the page asks who reads it, and the database can't say: it is shown as to the public
        log.exception("database_unavailable", route=_route())
        return _with_retry(_page(503, "", {}))


def _page(status: int, message: str, values: dict[str, Any]) -> Response:
    template = values.pop("page", "") or (status if status in PAGES else (500 if status >= 500 else 400))
    shown = {"reference": "", **values, "status": status, "message": message}
    return Response(render_template(f"portal/errors/{template}.html", **shown), status, mimetype="text/html")


def _with_retry(response: Response) -> Response:
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def handle_portal_error(error: PortalError) -> Response:
    """A service refused: show the page of its kind with its sentence."""
    message = sentence_of(error) if error.status != 404 else ""
    return _with_time(error_page(error.status, message, page=error.page), error)


def handle_http_error(error: HTTPException) -> Response:
    """An error of Werkzeug or a route that does not exist; redirects pass through."""
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    if isinstance(error, SecurityError):  # a foreign Host: no address can be built, so no page either
        return Response("Unknown host.\n", 400, mimetype="text/plain")
    wrong = getattr(error, "data", None) or {}  # what arguments of the API are wrong, by place and name
    response = error_page(error.code, errors=wrong.get("messages"))
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
    log.exception("database_unavailable", route=_route())
    return _with_retry(error_page(503))


def handle_unexpected(error: Exception) -> Response:
    """Something broke: log it under a reference that the reader can quote, name the plugin whose page it was."""
    reference = secrets.token_hex(4)
    log.exception("unexpected_error", route=_route(), plugin=g.get("plugin", ""), reference=reference)
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return error_page(500, reference=reference, plugin=g.get("plugin", ""))


def handle_overtaken(error: StaleDataError | IntegrityError) -> Response:
    """Somebody else wrote the same at the same moment: nothing was overwritten, nothing of this was saved."""
    log.warning("write_overtaken", route=_route(), reason=type(error).__name__)
    return error_page(409, _("Somebody else saved the same at the same moment. Please go back, reload and try again."))


def handle_impossible_value(error: DataError | OverflowError) -> Response:
    """A number or text that no row can have, such as an id of twenty digits: there is nothing there."""
    log.info("impossible_value", route=_route(), reason=type(error).__name__)
    return error_page(404)


def _route() -> str:
    """The route's pattern: addresses themselves can hold secrets, such as a link that was mailed."""
    return str(request.url_rule or "unknown")


def configure_errors(app: Flask) -> None:
    """Map every kind of error to its page."""
    app.register_error_handler(CSRFError, handle_csrf_error)
    app.register_error_handler(PortalError, handle_portal_error)
    app.register_error_handler(HTTPException, handle_http_error)
    app.register_error_handler(DataError, handle_impossible_value)
    app.register_error_handler(OverflowError, handle_impossible_value)
    app.register_error_handler(StaleDataError, handle_overtaken)
    app.register_error_handler(IntegrityError, handle_overtaken)
    app.register_error_handler(OperationalError, handle_database_away)
    app.register_error_handler(Exception, handle_unexpected)
