"""What passkeys are bound to, and where the browser keeps a question that its passkey is to answer."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import Response, session

from portal.login.services.passkeys import Question, Site
from portal.plugin_host.navigation import the_host

ASKED = "passkey_asked"


def site() -> Site:
    """The portal as browsers know it, by PORTAL_BASE_URL alone: never by what a request says."""
    settings = the_host().settings
    parts = urlsplit(settings.base_url)
    return Site(host=parts.hostname or "", origin=f"{parts.scheme}://{parts.netloc}", name=settings.name)


def passkeys_work() -> bool:
    """Whether browsers allow passkeys here: by https or on this machine, and under a name, not a bare number."""
    place = site()
    try:
        ipaddress.ip_address(place.host)
    except ValueError:
        return place.origin.startswith("https:") or place.host == "localhost"
    return False


def ask(question: Question) -> Response:
    """Answer a script with the question; only this browser keeps the token that it is known by."""
    session[ASKED] = question.token
    return Response(question.options, mimetype="application/json")


def asked() -> str:
    """The token of the question that this browser was asked last; it is asked for once."""
    return session.pop(ASKED, "")
