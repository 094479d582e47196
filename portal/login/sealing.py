"""Encryption of secrets that must be read again, with a key made from the portal's secret key."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

# Part of the derivation (RFC 5869): another purpose gets another key. After a change of the secret key nobody can
# read what was sealed: members then use a recovery code and set up their app anew.
PURPOSE = b"portal: secrets of authenticator apps"


def seal(text: str) -> str:
    """The text, encrypted and authenticated (Fernet)."""
    return _box().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The text again. Raises cryptography's InvalidToken after a change of the secret key."""
    return _box().decrypt(sealed.encode("ascii")).decode()


def _box() -> Fernet:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret)
    return Fernet(base64.urlsafe_b64encode(key))
