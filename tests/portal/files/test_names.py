"""File names from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.names import MAX_NAME_BYTES, clean_name, extension_of, with_extension


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Präsentation Fachkräfte.PDF", "Präsentation Fachkräfte.pdf"),
        ("Pra\u0308sentation.pdf", "Präsentation.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\slides.pptx", "slides.pptx"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00b\r\nSet-Cookie: x.txt", "ab Set-Cookie_ x.txt"),
        ("con.txt", "_con.txt"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ("  .. hidden .. .txt ", "hidden.txt"),
        ('quo"te;.txt', "quo_te_.txt"),
        ("", "file"),
        ("...", "file"),
        (".pdf", "file.pdf"),
    ],
)
def test_clean_name(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


@given(st.text(max_size=400))
def test_clean_name_is_always_safe(raw: str) -> None:
    name = clean_name(raw)
    assert name and len(name.encode()) <= MAX_NAME_BYTES
    assert name.isprintable() and not set(name) & set('/\\<>:"|?*;%')
    assert clean_name(name) == name


def test_long_names_keep_their_extension() -> None:
    assert clean_name("ä" * 500 + ".docx").endswith("ää.docx")


def test_extension_of() -> None:
    assert [extension_of(name) for name in ("a.b.JPG", "plain", "")] == ["jpg", "", ""]
    assert with_extension("IMG_1.heic", "jpg") == "IMG_1.jpg"
