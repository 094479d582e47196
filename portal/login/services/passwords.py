"""Passwords: Argon2id, a minimum length, no composition rules, not one that is easily guessed (ASVS 5.0, 6.2)."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from portal.errors import Invalid, TooMany

MIN_LENGTH, MAX_LENGTH = 12, 256
MIN_SCORE = 3
GERMAN_WORDS = [
    *("passwort", "kennwort", "netzwerk", "initiative", "industrie", "region", "verein", "sommer", "winter", "herbst"),
    *(
        "frühling",
        "fruehling",
        "willkommen",
        "geheim",
        "deutschland",
        "berlin",
        "fussball",
        "schatz",
        "hallo",
        "portal",
    ),
]
hasher = PasswordHasher()
_hashing = BoundedSemaphore(2)
HASHING_WAIT_S = 5.0
NOBODYS_HASH = hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The Argon2id hash of a password."""
    with _capped():
        return hasher.hash(password)


def is_correct(password: str, stored: str) -> bool:
    """Whether the password fits the stored hash; takes as long for a member without a password."""
    with _capped():
        try:
            return hasher.verify(stored or NOBODYS_HASH, password[:MAX_LENGTH]) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def needs_new_hash(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return hasher.check_needs_rehash(stored)


def check_strength(password: str, own_words: list[str]) -> None:
    """Raises Invalid unless the password is long and hard to guess, ``own_words`` (name, address) not counting."""
    if len(password) < MIN_LENGTH:
        raise Invalid("Use at least 12 characters.", "password")
    if len(password) > MAX_LENGTH:
        raise Invalid("Use at most 256 characters.", "password")
    if zxcvbn(password[:100], user_inputs=[*own_words, *GERMAN_WORDS])["score"] < MIN_SCORE:
        raise Invalid("This password is easy to guess. Use several words that don't belong together.", "password")


class _capped:  # noqa: N801 (used as a word in with-statements)
    """At most two hashes at a time in a process: each takes 64 MiB and a core."""

    def __enter__(self) -> None:
        if not _hashing.acquire(timeout=HASHING_WAIT_S):
            raise TooMany("Too many people are logging in at this moment. Please try again shortly.", 10)

    def __exit__(self, *error: object) -> None:
        _hashing.release()
