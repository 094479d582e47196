"""The one blueprint of the single sign-on, and which provider it is about."""

from __future__ import annotations

from flask import Blueprint, current_app

from portal.errors import NotFound
from portal.plugin_host.navigation import the_host
from portal.sign_on.services.provider import Provider, provider_of

blueprint = Blueprint("sign_on", __name__)


def the_provider() -> Provider:
    """The provider that is set. Raises NotFound if there is none."""
    settings = the_host().settings
    if not settings.oidc_issuer:
        raise NotFound
    return provider_of(settings)


def cookie_name() -> str:
    """A cookie of its own keeps the secret: other tabs and scripts that change the session can't lose it."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}_sign_on"
