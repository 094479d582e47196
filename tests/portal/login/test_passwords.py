"""Which passwords are taken, and what is said of those that are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from portal.login.services.passwords import NOBODYS_HASH
from tests.fixtures.client import PortalClient
from tests.fixtures.people import PASSWORD

LogIn = Callable[..., PortalClient]
GUESSED = {
    "zu kurz": "Mindestens 12 Zeichen",
    "Mitglied Mia Südwerk": "Ihr Name oder Ihre Adresse",
    "Netzwerkportal2026": "Ihr Name oder Ihre Adresse",
    "aaaaaaaaaaaaaaaaaaa": "wiederholt sich",
    "passwortpasswort": "wiederholt sich",
    "sommerkaffee": "leicht zu erraten",
}
TAKEN = (
    "wolke-leiter-senf-trommel",
    "  drei blanke Stiefel am Zaun  ",
    "Zaunkönig✓Kürbis✓Delle",
    "x9" + "wald pferd senf " * 8,
)


def choose(client: PortalClient, password: str) -> tuple[int, str]:
    """Change the member's password."""
    data = {"old_password": PASSWORD, "password": password, "again": password}
    answer = client.post("/me/security", data=data)
    return answer.status_code, answer.text


@pytest.mark.parametrize("password", GUESSED)
def test_security_update_says_what_is_wrong(login: LogIn, password: str) -> None:
    status, page = choose(login("member"), password)
    assert status == 422
    assert GUESSED[password] in page


@pytest.mark.parametrize("password", TAKEN)
def test_long_passwords_of_any_characters_are_taken_as_they_are(login: LogIn, password: str) -> None:
    client = login("member")
    assert choose(client, password)[0] == 302
    assert client.post("/me/confirm", data={"confirm_password": password}).status_code == 302
    assert client.post("/me/confirm", data={"confirm_password": password.strip() + "x"}).status_code == 422


def test_nobodys_hash_takes_as_long_as_a_members() -> None:
    real = PasswordHasher()
    assert not real.check_needs_rehash(NOBODYS_HASH)
    with pytest.raises(VerifyMismatchError):
        real.verify(NOBODYS_HASH, "a password of nobody")
