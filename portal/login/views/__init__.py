"""Logging in and out, links that let somebody in, and what protects one's own account."""

from portal.login.views import entering, links, security, sessions
from portal.login.views.blueprint import blueprint

__all__ = ["blueprint", "entering", "links", "security", "sessions"]
