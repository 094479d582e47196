"""Filters of the templates."""

import pytest

from portal.web.formats import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Westerwald Keramik", "WK"),
        ("Innovationsregion Hohenlohe e. V.", "IH"),
        ("Nordwerk e.V.", "N"),
        ("Dialog Kunststoff Kempten (Allgäu)", "DK"),
        ("Öhlschläger", "Ö"),
        ("ReTraSON", "R"),
        ("e. V.", "EV"),
        ("(…)", "("),
        ("", ""),
    ],
)
def test_initials_are_letters_of_the_name_as_shown(name: str, letters: str) -> None:
    assert initials(name) == letters
