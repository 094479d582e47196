"""Filters of the templates."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from portal.web.formats import clock, day, initials, moment

NOON = datetime(2023, 9, 5, 12, 3, tzinfo=UTC)


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
        ("Dr. Lena Moor", "LM"),
        ("Prof. Dr.-Ing. Ole Ahrens", "OA"),
        ("Dipl.-Ing. Ulla Berg", "UB"),
        ("Dr.", "D"),
        ("", ""),
    ],
)
def test_initials_are_letters_of_the_name_as_shown(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("de", ["5. September 2023", "5. September 2023", "05.09.2023, 14:03", "14:03"]),
        ("en", ["5 September 2023", "5 September 2023", "5 Sept 2023, 14:03", "14:03"]),
    ],
)
def test_days_and_times_are_written_as_europe_writes_them(app: Flask, locale: str, expected: list[str]) -> None:
    with app.test_request_context(), force_locale(locale):
        assert [day(date(2023, 9, 5)), day(NOON), moment(NOON), clock(NOON)] == expected


def test_no_moment_is_no_text(app: Flask) -> None:
    assert [day(None), moment(None), clock(None)] == ["", "", ""]
