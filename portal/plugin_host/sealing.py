"""Encryption of plugins' secret settings, with a key made from the portal's secret key."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Part of the derivation (RFC 5869): another purpose gets another key. After a change of the secret key nobody can read
# what was sealed: the secrets count as not set, "portal plugin doctor" names them, and an admin types them again.
PURPOSE = b"portal: secret settings of plugins"
SHORTEST = 100  # characters that Fernet makes of an empty text


def seal(secret_key: str, text: str) -> str:
    """The text, encrypted and authenticated (Fernet)."""
    return _box(secret_key).encrypt(text.encode()).decode("ascii")


def unseal(secret_key: str, sealed: str) -> str | None:
    """The text again; None after a change of the secret key, and for what was never sealed."""
    try:
        return _box(secret_key).decrypt(sealed.encode("ascii")).decode()
    except (InvalidToken, UnicodeEncodeError):
        return None


def is_sealed(text: object) -> bool:
    """Whether this looks like something sealed, by whichever key: base64 that begins with Fernet's version."""
    return isinstance(text, str) and len(text) >= SHORTEST and text.startswith("gAAAA") and text.isascii()


def _box(secret_key: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))
