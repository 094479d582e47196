"""Text comes out of documents with its pages."""

from pathlib import Path

import pytest

from portal.files.decoding import PAGE_BREAK
from portal.files.extraction import tidy
from portal.files.sandbox import ChildFailed, run_in_child
from tests.portal.files import samples


def extract(folder: Path, extension: str, content: bytes) -> str:
    source = folder / f"source.{extension}"
    source.write_bytes(content)
    return run_in_child("portal.files.extraction", "extract", source, folder)["text"]


def test_pdf_keeps_its_pages(tmp_path: Path) -> None:
    text = extract(tmp_path, "pdf", samples.pdf("Begrüßung", "Fachkräftegewinnung in der Region"))
    assert text.split(PAGE_BREAK) == ["Begrüßung", "Fachkräftegewinnung in der Region"]


def test_scanned_pdf_has_no_text(tmp_path: Path) -> None:
    assert extract(tmp_path, "pdf", samples.pdf("", "")) == ""


def test_locked_pdf_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="unreadable"):
        extract(tmp_path, "pdf", samples.pdf("Text", password="secret"))


def test_docx_gives_paragraphs_tables_and_footers(tmp_path: Path) -> None:
    text = extract(tmp_path, "docx", samples.word("Protokoll", "Maßnahmen"))
    assert [word in text for word in ("Protokoll\nMaßnahmen", "Tabellenzelle", "Fußzeile")] == [True] * 3


def test_pptx_gives_slides_and_notes(tmp_path: Path) -> None:
    text = extract(tmp_path, "pptx", samples.slides("Hereinspaziert", "Hiergeblieben", notes="Nur gesprochen"))
    assert text.split(PAGE_BREAK) == ["Hereinspaziert", "Hiergeblieben\nNur gesprochen"]


def test_xlsx_gives_cells(tmp_path: Path) -> None:
    text = extract(tmp_path, "xlsx", samples.sheet(("Region", "Betriebe"), ("Hohenlohe", 12)))
    assert text == "Sheet\nRegion Betriebe\nHohenlohe 12"


def test_open_document_gives_paragraphs(tmp_path: Path) -> None:
    assert extract(tmp_path, "odt", samples.open_document("Fachkräfte")) == "Fachkräfte sichern"


@pytest.mark.parametrize(
    ("extension", "content", "text"),
    [
        ("txt", "Fachkräfte".encode("utf-16"), "Fachkräfte"),
        ("md", "# Größe".encode("cp1252"), "# Größe"),
        ("csv", 'Ort;"a; b"\nKöln;1'.encode(), "Ort a; b\nKöln 1"),
    ],
)
def test_plain_text(tmp_path: Path, extension: str, content: bytes, text: str) -> None:
    assert extract(tmp_path, extension, content) == text


def test_long_text_is_cut(tmp_path: Path) -> None:
    assert len(extract(tmp_path, "txt", b"word " * 600_000)) <= 2_000_000


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Fach\u00adkräfte", "Fachkräfte"),
        ("Fachkräfte-\r\ngewinnung", "Fachkräftegewinnung"),
        ("Fachkräfte\x02\r\ngewinnung", "Fachkräftegewinnung"),
        ("Ein-\nund Ausgang", "Ein-\nund Ausgang"),
        ("Bonn-\nSieg", "Bonn-\nSieg"),
        ("E\ufb03zienz  und\u00a0mehr", "Effizienz und mehr"),
        ("Pra\u0308sentation\x00", "Präsentation"),
        ("a\n\n\n\n b", "a\n\nb"),
    ],
)
def test_tidy(raw: str, expected: str) -> None:
    assert tidy(raw) == expected
