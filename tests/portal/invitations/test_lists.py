"""Inviting a list: shown first, then all or nothing."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from portal.errors import Conflict, Invalid
from portal.extensions import db
from portal.invitations.models import Invitation
from portal.invitations.services import importing, reading
from portal.members.services.creating import create_person
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address
from tests.portal.invitations.conftest import BASE, Sent

LogIn = Callable[..., PortalClient]
GOOD = "Name;E-Mail;Organisation;Rolle\nAda Neu;ada@netz.example;Nordwerk e. V.;Redaktion\nBea Neu;bea@netz.example;;\n"
PATH = "/admin/invitations/import"


def outcomes(text: str) -> list[str]:
    return [line.outcome for line in importing.check_list(system(), reading.read_list(text.encode()))]


def sheet(*rows: tuple[str, ...]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(content)
    book.close()
    return content.getvalue()


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Invitation)) or 0


def test_a_list_is_shown_and_then_sent(login: LogIn, sent: Sent) -> None:
    office = login("editorial")
    page = office.post(PATH, data={"file": (io.BytesIO(GOOD.encode()), "liste.csv")})
    assert page.status_code == 200 and "ada@netz.example" in page.text
    assert not sent and count() == 0
    office.post(f"{PATH}/confirmed", data={"rows": GOOD})
    assert [mail[0] for mail in sent] == ["ada@netz.example", "bea@netz.example"]


def test_one_wrong_row_stops_all(login: LogIn, sent: Sent) -> None:
    wrong = f"{GOOD}Cem;keine-adresse;;\n"
    page = login("editorial").post(PATH, data={"file": (io.BytesIO(wrong.encode()), "liste.csv")})
    assert "Alles jetzt" not in page.text and "Do all" not in page.text
    assert login("editorial").post(f"{PATH}/confirmed", data={"rows": wrong}).status_code == 422
    assert not sent and count() == 0


def test_each_row_says_what_would_happen(network: Network) -> None:
    create_person(system(), "Petra Person", "petra@netz.example")
    rows = ("Petra;petra@netz.example;;", f"Mia;{address('member')};Nordwerk e. V.;", f"Mia;{address('other')};;")
    assert outcomes("Name;E-Mail;Organisation;Rolle\n" + "\n".join(rows)) == ["claim", "join", "nothing"]


@pytest.mark.parametrize(
    "row",
    [";a@netz.example;;", "A;;;", "A;b;;", "A;a@netz.example;Nirgendwerk;", "A;a@netz.example;;Chef"]
    + [f"A;{address('disabled')};;", "A;a@netz.example;;\nB;A@netz.example;;"],
)
def test_a_row_that_is_wrong_is_named(app: object, row: str) -> None:
    assert "error" in outcomes(f"Name;E-Mail;Organisation;Rolle\n{row}")


def test_rows_are_counted_as_the_sheet_counts_them(app: object) -> None:
    lines = importing.check_list(system(), reading.read_list(b"\nName;E-Mail\n\nA;a@netz.example\n;;\nB;\n"))
    assert [(line.number, line.outcome) for line in lines] == [(4, "invite"), (6, "error")]


def test_a_sheet_is_read_and_its_formulas_are_not_evaluated(app: object) -> None:
    rows = reading.read_list(sheet(("E-Mail", "Name"), ("a@netz.example", '=HYPERLINK("https://evil.example")')))
    assert rows[0]["name"].startswith("=HYPERLINK")
    assert rows[0]["email"] == "a@netz.example"


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 broken", b"\xff\xfe\x00", b"a;b\nc;d", b"Name;E-Mail\n" + b"A;a@b.example\n" * 501]
    + [b"Name;E-Mail\n" + b"x" * 1_000_001, b'Name;E-Mail\n"' + b"y" * 200_000],
)
def test_what_is_no_list_is_refused(app: object, content: bytes) -> None:
    with pytest.raises(Invalid):
        reading.read_list(content)


def test_old_excel_writes_another_encoding(app: object) -> None:
    rows = reading.read_list("Name;E-Mail\nJörg;j@netz.example".encode("cp1252"))
    assert rows[0]["name"] == "Jörg"


def test_the_template_is_a_list_with_the_columns(login: LogIn) -> None:
    content = login("editorial").get(f"{PATH}/template").data
    assert reading.read_list(content + b"A;a@netz.example;;\n")[0]["email"] == "a@netz.example"


def test_a_list_with_errors_invites_nobody(app: object) -> None:
    with pytest.raises(Conflict):
        importing.invite_list(system(), reading.read_list(b"Name;E-Mail\nA;b"), BASE, "de")


def test_an_address_that_was_invited_too_often_is_named(login: LogIn, invited: Callable[..., str]) -> None:
    for _ in range(5):
        invited("bea@netz.example")
    answer = login("editorial").post(f"{PATH}/confirmed", data={"rows": GOOD}, headers={"Accept-Language": "en"})
    assert (answer.status_code, "bea@netz.example was sent five" in answer.text) == (422, True)
    assert count() == 1


def archive(name: str, text: bytes, declared: int | None = None, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive with one entry, of which it says that it has ``declared`` bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as archive:
        archive.writestr(name, text)
        archive.infolist()[0].file_size = len(text) if declared is None else declared
    return content.getvalue()


@pytest.mark.parametrize(("declared", "packing"), [(9, zipfile.ZIP_DEFLATED), (None, zipfile.ZIP_BZIP2)])
def test_an_archive_that_lies_is_not_unpacked(app: object, declared: int | None, packing: int) -> None:
    content = archive("[Content_Types].xml", b" " * 19_000_000, declared, packing)
    tracemalloc.start()
    try:
        with pytest.raises(Invalid):
            reading.read_list(content)
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()


def test_an_archive_that_unpacks_to_too_much_is_refused(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_UNPACKED", 1000)
    with pytest.raises(Invalid):
        reading.read_list(sheet(("Name", "E-Mail"), ("A", "a@b.example")))


@pytest.mark.parametrize("text", [b"<", b"<Types/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b""])
@pytest.mark.parametrize("name", ["[Content_Types].xml", "xl/workbook.xml"])
def test_an_archive_that_is_no_sheet_is_refused(app: object, name: str, text: bytes) -> None:
    with pytest.raises(Invalid):
        reading.read_list(archive(name, text))
