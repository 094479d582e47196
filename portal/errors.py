"""What services raise. The web room maps each to a page once, so nothing else needs to know status codes."""

from __future__ import annotations

from typing import Any


class PortalError(Exception):
    """Base of everything a service raises on purpose; ``message`` is a msgid shown to the reader in their language."""

    status = 500
    page = ""  # a page of its own instead of that of the status

    def __init__(self, message: str = "", **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class NotFound(PortalError):
    """The thing does not exist, or the member must not learn that it does."""

    status = 404


class Forbidden(PortalError):
    """The member may know of the thing but may not do this to it."""

    status = 403


class Archived(Forbidden):
    """The thing is archived: it can be read, but nothing about it can be changed until it is restored."""

    page = "archived"


class Invalid(PortalError):
    """The input breaks a rule; ``field`` names the form field that shows the message."""

    status = 400

    def __init__(self, message: str, field: str | None = None, **details: Any) -> None:
        super().__init__(message, **details)
        self.field = field


class Conflict(PortalError):
    """Somebody else changed the thing meanwhile; ``details`` carries what a conflict page needs."""

    status = 409


class TooMany(PortalError):
    """Too many tries; ``retry_after`` seconds must pass."""

    status = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(PortalError):
    """A part of the portal can't answer right now (a plugin's schema is behind, the database is away)."""

    status = 503
