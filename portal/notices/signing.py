"""The token by which a mail's reader ends such mails without logging in."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

# Part of the key: what is signed here opens nothing elsewhere, and nothing that is signed elsewhere counts here.
PURPOSE = "portal: ending mails of a kind"
ALL_DIGESTS = "digests"


def sign(member_id: int, kind: str) -> str:
    """A token for one member and one kind (or :data:`ALL_DIGESTS`); it does not expire, since mails are kept."""
    return _signer().dumps([member_id, kind])


def unsign(token: str) -> tuple[int, str] | None:
    """The member's number and the kind; None for anything that was not signed here."""
    try:
        member_id, kind = _signer().loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return (member_id, kind) if isinstance(member_id, int) and isinstance(kind, str) else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=PURPOSE)
