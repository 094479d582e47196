"""One unit of work a request: committed at its end when the answer is no error, rolled back otherwise."""

from __future__ import annotations

import ipaddress

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

from portal.audit.services.recording import network
from portal.database import work, writing
from portal.web.access import find_access
from portal.web.headers import SAFE_METHODS


def network_of(address: str | None) -> str:
    """The network an address belongs to: IPv4 as it is, IPv6 by its /64 (one household has so many)."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def begin_request() -> None:
    """Say whether this request may write, and where it comes from."""
    g.writing = writing(request.method not in SAFE_METHODS)
    g.writing.__enter__()
    g.network = network_of(request.remote_addr)
    g.network_token = network.set(g.network)


def rate_key() -> str:
    """Whom the rate limits count: the member, or the network of somebody who is not logged in."""
    declared = find_access(current_app, request.endpoint)
    if declared is not None and declared.rate == "health":  # answers even when nobody can be looked up
        return f"network:{g.get('network', 'unknown')}"
    return f"member:{current_user.id}" if current_user.is_authenticated else f"network:{g.get('network', 'unknown')}"


def end_unit_of_work(response: Response) -> Response:
    """Commit or roll back before the answer leaves."""
    if response.status_code < 400 or work.wants_keeping():
        work.commit()
    else:
        work.rollback()
    return response


def forget_request(error: BaseException | None = None) -> None:
    """Leave nothing of this request to the thread's next one."""
    if "writing" in g:
        g.pop("writing").__exit__(None, None, None)
        network.reset(g.pop("network_token"))


def configure_requests(app: Flask) -> None:
    """Register the hooks; the commit is registered first, so that it runs last."""
    app.after_request(end_unit_of_work)
    app.before_request(begin_request)
    app.teardown_request(forget_request)
