"""The one blueprint of the single sign-on, and which provider it is about."""

from __future__ import annotations

from flask import Blueprint

from portal.errors import NotFound
from portal.plugin_host.navigation import the_host
from portal.sign_on.services.provider import Provider, provider_of

blueprint = Blueprint("sign_on", __name__)
SENT = "sign_on_sent"


def the_provider() -> Provider:
    """The provider that is set. Raises NotFound if there is none."""
    settings = the_host().settings
    if not settings.oidc_issuer:
        raise NotFound
    return provider_of(settings)
