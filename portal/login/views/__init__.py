"""Logging in and out, links that let somebody in, and what protects one's own account."""

from portal.login.views import addresses, confirming, entering, factors, links, passkeys, security, sessions
from portal.login.views.blueprint import blueprint

__all__ = ["addresses", "blueprint", "confirming", "entering", "factors", "links", "passkeys", "security", "sessions"]
