"""Passwords: Argon2id, a minimum length, no composition rules, not one that is easily guessed (ASVS 5.0, 6.2)."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from portal.errors import Invalid, TooMany
from portal.login.services.words import GERMAN

MIN_LENGTH, MAX_LENGTH = 12, 256
MIN_SCORE = 3
LEFT_OVER = 6
WEIGHED = 72  # the first characters that are weighed: more takes long and says nothing new
hasher = PasswordHasher()
_hashing = BoundedSemaphore(2)
HASHING_WAIT_S = 5.0
# Of a password that was forgotten at once. Written down, as making one costs each start what a log-in costs.
NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$1KcUVce5iI1miz7TV5EA5g$1aNajUp8Zr0FCxacvhi8obDDK8VWxDgeF6w+LBW7MEM"


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
    if _left_over(password, own_words) < LEFT_OVER:
        raise Invalid(
            "Your name or address, or a name of your network, is too large a part of this password.", "password"
        )
    found = zxcvbn(password[:WEIGHED], user_inputs=[*own_words, *GERMAN])
    if found["score"] >= MIN_SCORE:
        return
    if any(part["pattern"] in ("repeat", "sequence", "spatial") for part in found["sequence"]):
        raise Invalid("This password repeats, counts or follows the keys. Use several words instead.", "password")
    raise Invalid("This password is easy to guess. Use several words that don't belong together.", "password")


def _left_over(password: str, own_words: list[str]) -> int:
    """How many letters and digits a password has besides these words."""
    rest = password.lower()
    for word in sorted({one.lower() for one in own_words if len(one) > 2}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return sum(one.isalnum() for one in rest)


class _capped:  # noqa: N801 (used as a word in with-statements)
    """At most two hashes at a time in a process: each takes 64 MiB and a core."""

    def __enter__(self) -> None:
        if not _hashing.acquire(timeout=HASHING_WAIT_S):
            raise TooMany("Too many people are logging in at this moment. Please try again shortly.", 10)

    def __exit__(self, *error: object) -> None:
        _hashing.release()
