"""What may be uploaded, and what may not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.errors import Invalid
from portal.files.inspection import Inspected, inspect
from portal.files.kinds import accepted_extensions, find_file_type
from tests.portal.files import samples

WORD, SLIDES, PDF = samples.word("Text"), samples.slides("Titel"), samples.pdf("Text")


def look(tmp_path: Path, name: str, content: bytes | Callable[[], bytes]) -> Inspected:
    source = tmp_path / "upload"
    source.write_bytes(content() if callable(content) else content)
    return inspect(source, name, tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Folien.pdf", PDF),
        ("locked.pdf", samples.pdf("Text", password="secret")),
        ("Protokoll.docx", WORD),
        ("Folien.PPTX", SLIDES),
        ("Zahlen.xlsx", samples.sheet(("a", 1))),
        ("Text.odt", samples.open_document()),
        ("Umlaute.txt", "Fachkräfte\n".encode()),
        ("Windows.csv", "Größe;Öl\n1;2\n".encode("cp1252")),
        ("Notiz.md", "# Überschrift".encode("utf-16")),
        ("photo.jpeg", samples.photo_with_gps()),
        ("plan.png", samples.picture("PNG", mode="RGBA")),
        ("photo.webp", samples.picture("WEBP")),
        ("drawing.gif", samples.picture("GIF", mode="P")),
        ("IMG_1.heic", samples.picture("HEIF")),
    ],
)
def test_inspect_accepts_honest_files(tmp_path: Path, name: str, content: bytes | Callable[[], bytes]) -> None:
    found = look(tmp_path, name, content)
    assert found.file_type == find_file_type(name.rpartition(".")[2].lower())
    assert (found.width is not None) == found.is_image


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", samples.SVG),
        ("logo.png", samples.SVG),
        ("page.html", samples.HTML),
        ("page.jpg", samples.HTML),
        ("page.pdf", samples.HTML),
        ("page.docx", samples.HTML),
        ("tool.exe", samples.ELF),
        ("tool.txt", samples.ELF),
        ("tool.pdf.exe", PDF),
        ("script.js", b"alert(1)"),
        ("archive.zip", samples.archive({"a.txt": "x"})),
        ("noextension", PDF),
        ("photo.png", samples.picture("JPEG")),
        ("photo.tiff", samples.picture("TIFF")),
        ("Folien.pptx", WORD),
        ("Text.odt", WORD),
        ("Text.ods", samples.open_document()),
        ("text.txt", PDF),
        ("binary.csv", b"a;b\x00\x01;c"),
        ("late.pdf", b"GIF89a" + PDF),
        ("cut.pdf", b"%PDF-1.7\n" + b"rubbish" * 50),
        ("cut.docx", WORD[:-200]),
        ("empty.jpg", b"\xff\xd8\xff\xe0"),
        ("macro.docx", samples.macro_word()),
        ("macro.docm", samples.macro_word()),
        ("activex.docx", samples.repacked(WORD, {"word/activeX/activeX1.bin": b"x"})),
        ("template.docx", samples.word_with_remote_template()),
        (
            "entities.docx",
            samples.repacked(WORD, {"_rels/.rels": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        ),
        ("basic.odt", samples.repacked(samples.open_document(), {"Basic/Standard/script-lb.xml": "<x/>"})),
        ("slip.docx", samples.repacked(WORD, {"../../etc/cron.d/x": "x"})),
        ("absolute.docx", samples.repacked(WORD, {"/etc/passwd": "x"})),
        ("symlink.docx", samples.word_with_symlink()),
        ("bomb.docx", lambda: samples.repacked(WORD, {"word/document.xml": bytes(60 * 1024**2)})),
        ("many.docx", lambda: samples.repacked(WORD, {f"x/{n}": "" for n in range(6_001)})),
        ("huge.docx", lambda: samples.repacked(WORD, {f"m/{n}.bin": bytes(50 * 1024**2) for n in range(6)})),
        ("huge.png", samples.pixel_bomb),
        ("huge.webp", samples.webp_header(16_383, 16_383)),
        ("moving.gif", samples.animation("GIF")),
        ("moving.png", samples.animation("PNG")),
        ("moving.webp", samples.animation("WEBP")),
    ],
)
def test_inspect_refuses_hostile_files(tmp_path: Path, name: str, content: bytes | Callable[[], bytes]) -> None:
    with pytest.raises(Invalid) as refused:
        look(tmp_path, name, content)
    assert refused.value.field == "file" and refused.value.message


def test_inspect_refuses_lies_about_sizes(tmp_path: Path) -> None:
    lying = samples.repacked(WORD, {"word/media/a.bin": bytes(200_000)}).replace(
        (200_000).to_bytes(4, "little"), (999_999_999).to_bytes(4, "little")
    )
    with pytest.raises(Invalid):
        look(tmp_path, "lying.docx", lying)


def test_the_pixel_limit_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        look(tmp_path, "huge.png", samples.pixel_bomb())
    assert refused.value.details == {"limit": 40} and "megapixels" in refused.value.message


def test_accepted_extensions() -> None:
    assert "pdf" in accepted_extensions() and "svg" not in accepted_extensions()
    assert set(accepted_extensions()) >= {"jpg", "jpeg", "png", "heic"}
