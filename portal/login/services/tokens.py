"""Random secrets and their stored form."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A secret of 256 bits, safe in addresses and cookies."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What the database keeps of a secret: SHA-256 is enough for a random one."""
    return hashlib.sha256(token.encode()).hexdigest()
