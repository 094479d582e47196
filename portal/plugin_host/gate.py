"""The application class: the gate stands ahead of every hook of Flask."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable

from portal.errors import PortalError
from portal.plugin_host.host import EXTENSION, PluginHost
from portal.web.folding import FoldingEnvironment

RETRY_AFTER_S = 60


class PortalFlask(Flask):
    """Flask with the gate: a request for a plugin not in force is un-matched before any line of it can run."""

    jinja_environment = FoldingEnvironment

    def preprocess_request(self) -> ResponseReturnValue | None:
        host: PluginHost = self.extensions[EXTENSION]
        host.sync()
        if host.presence is not None:
            host.presence.note()
        plugin_id = plugin_of(request.path)
        if plugin_id in host.plugins:
            g.plugin, g.plugin_since = plugin_id, time.monotonic()
            if not host.is_effective(plugin_id):
                _unmatch(host, plugin_id)
        return super().preprocess_request()

    def process_response(self, response: Response) -> Response:
        host: PluginHost = self.extensions[EXTENSION]
        if plugin_id := g.get("plugin", ""):
            host.hooks.breaker.measures.note_time(plugin_id, time.monotonic() - g.plugin_since)
        return super().process_response(response)

    def handle_user_exception(self, e: Exception) -> HTTPException | ResponseReturnValue:
        host: PluginHost = self.extensions[EXTENSION]
        if (plugin_id := g.get("plugin", "")) and not isinstance(e, HTTPException | PortalError):
            host.hooks.breaker.measures.note_failure(plugin_id, f"page {request.endpoint}", e)
        return super().handle_user_exception(e)


def plugin_of(path: str) -> str:
    """The first segment of a path, or the one after ``/api/v1/``; empty ones don't count, as routing merges slashes."""
    first, second, third = [*filter(None, path.split("/")), "", "", ""][:3]
    return third if (first, second) == ("api", "v1") else first


def _unmatch(host: PluginHost, plugin_id: str) -> None:
    """Make the address unknown; where only the schema is behind, say that it comes back."""
    g.pop("plugin", None)
    request.url_rule = None
    request.view_args = None
    is_returning = plugin_id in host.now.returning
    request.routing_exception = ServiceUnavailable(retry_after=RETRY_AFTER_S) if is_returning else NotFound()
