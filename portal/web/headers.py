"""Headers of every response: content security policy with a nonce, no sniffing, no framing, caching."""

from __future__ import annotations

import secrets

from flask import Flask, Response, current_app, g, request, session
from flask_login import current_user

from portal.web.access import Access, find_access

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
YEAR_S = 31_536_000
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def csp_nonce() -> str:
    """The nonce of this response; templates put it on every script and style element."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def content_security_policy() -> str:
    """The policy of pages: everything from here, scripts and styles only as files or with the nonce."""
    nonce = f"'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    return (
        f"default-src 'none'; script-src 'self' {nonce}; style-src 'self' {nonce}; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )


def add_headers(response: Response) -> Response:
    """Complete the response's headers without overwriting a stricter one that a view set."""
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", content_security_policy())
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_S}; includeSubDomains")
    declared = find_access(current_app, request.endpoint)
    is_immutable = declared is not None and declared.cache == "immutable" and response.status_code < 400
    if is_immutable:
        response.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
        return response
    response.vary.update(("Cookie", "Accept-Language"))
    if "Cache-Control" not in response.headers or response.status_code >= 400:
        response.headers["Cache-Control"] = _cache_rule(declared, response)
    return response


def _cache_rule(declared: Access | None, response: Response) -> str:
    if declared is None or response.status_code >= 400:
        return "no-store"
    if declared.cache == "public" and not current_user.is_authenticated and not _is_for_one(response):
        return "public, max-age=60"
    return "private, no-store"


def _is_for_one(response: Response) -> bool:
    """Whether the answer holds a form's token or sets a cookie; Flask writes that of the session only after this."""
    return "csrf_token" in g or session.modified or "Set-Cookie" in response.headers


def configure_headers(app: Flask) -> None:
    """Add the headers to every response, errors and static files too."""
    app.after_request(add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
