"""The demo's documents: slides as PDF and as PowerPoint file, minutes as Word file, from headings and lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import docx
import pptx
from docx.document import Document
from docx.shared import Pt as DocxPt
from docx.shared import RGBColor as DocxColour
from fpdf import FPDF
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

DARK, BRAND, AMBER, PAPER, SOFT = (7, 63, 71), (11, 92, 102), (234, 176, 77), (248, 246, 242), (77, 92, 97)
WIDTH_MM, HEIGHT_MM = 254, 142.875
AUTHOR = "Servicestelle des Netzwerks"
WRITTEN_AT = datetime(2023, 9, 6, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """A slide, or a part of the minutes. ``notes`` are what was said to a slide."""

    heading: str
    lines: Sequence[str] = ()
    notes: str = ""


def make_slides_pdf(pages: Sequence[Page]) -> bytes:
    """Slides in 16:9; the first one is the title."""
    document = FPDF(orientation="landscape", format=(HEIGHT_MM, WIDTH_MM))
    document.core_fonts_encoding = "windows-1252"
    document.set_title(pages[0].heading)
    document.set_author(AUTHOR)
    document.set_lang("de-DE")
    document.set_creation_date(WRITTEN_AT)
    document.set_auto_page_break(False)
    for number, page in enumerate(pages):
        document.add_page()
        (_pdf_slide if number else _pdf_title)(document, page, number)
    return bytes(document.output())


def _pdf_title(document: FPDF, page: Page, number: int) -> None:
    _pdf_box(document, DARK, 0, 0, WIDTH_MM, HEIGHT_MM)
    for radius, colour in ((58, BRAND), (38, (20, 120, 130)), (18, AMBER)):
        document.set_fill_color(*colour)
        document.circle(206, 46, radius, style="F")
    _pdf_box(document, AMBER, 20, 64, 26, 1.6)
    _pdf_text(document, page.heading, 20, 70, 34, PAPER, bold=True, width=170)
    for line in page.lines:
        _pdf_text(document, line, 20, document.get_y() + 3, 16, (179, 210, 212), width=190)


def _pdf_slide(document: FPDF, page: Page, number: int) -> None:
    _pdf_box(document, PAPER, 0, 0, WIDTH_MM, HEIGHT_MM)
    _pdf_box(document, BRAND, 0, 0, 8, HEIGHT_MM)
    _pdf_text(document, page.heading, 24, 18, 26, DARK, bold=True, width=206)
    _pdf_box(document, AMBER, 24, document.get_y() + 3, 26, 1.4)
    top = document.get_y() + 14
    for line in page.lines:
        document.set_fill_color(*BRAND)
        document.circle(27, top + 4.2, 1.6, style="F")
        _pdf_text(document, line, 33, top, 18, SOFT, width=196)
        top = document.get_y() + 5
    _pdf_text(document, str(number + 1), 232, HEIGHT_MM - 12, 11, SOFT, width=14)


def _pdf_box(document: FPDF, colour: tuple[int, int, int], x: float, y: float, width: float, height: float) -> None:
    document.set_fill_color(*colour)
    document.rect(x, y, width, height, style="F")


def _pdf_text(
    document: FPDF,
    text: str,
    x: float,
    y: float,
    size: int,
    colour: tuple[int, int, int],
    width: float,
    bold: bool = False,
) -> None:
    document.set_xy(x, y)
    document.set_font("helvetica", "B" if bold else "", size)
    document.set_text_color(*colour)
    document.multi_cell(width, size * 0.44, text, align="L", new_x="LMARGIN", new_y="NEXT")


def make_slides_pptx(pages: Sequence[Page]) -> bytes:
    """Slides in 16:9 with true titles, so that screen readers can list them; the first one is the title."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    deck.core_properties.title, deck.core_properties.author = pages[0].heading, AUTHOR
    deck.core_properties.language, deck.core_properties.created = "de-DE", WRITTEN_AT
    for number, page in enumerate(pages):
        slide = deck.slides.add_slide(deck.slide_layouts[1 if number else 0])
        _fill_slide(slide, page, is_title=number == 0)
        if page.notes and (notes := slide.notes_slide.notes_text_frame):
            notes.text = page.notes
    return _saved(deck)


def _fill_slide(slide: Slide, page: Page, is_title: bool) -> None:
    ground = slide.background.fill
    ground.solid()
    ground.fore_color.rgb = RGBColor(*(DARK if is_title else PAPER))
    _bar(slide, AMBER, (1.0, 3.2, 1.4, 0.09) if is_title else (1.0, 1.62, 1.4, 0.07))
    if not is_title:
        _bar(slide, BRAND, (0, 0, 0.42, 7.5))
    title, body = slide.shapes.title, slide.placeholders[1]
    assert title is not None
    _place(title, (1.0, 3.5, 10.8, 1.3) if is_title else (1.0, 0.5, 11.3, 1.0))
    _place(body, (1.0, 4.8, 10.8, 1.9) if is_title else (1.0, 2.0, 11.3, 4.8))
    _write(title, [page.heading], 40 if is_title else 34, PAPER if is_title else DARK, bold=True)
    _write(body, page.lines, 22 if is_title else 24, (179, 210, 212) if is_title else SOFT)


def _bar(slide: Slide, colour: tuple[int, int, int], box: tuple[float, float, float, float]) -> None:
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, box))
    bar.fill.solid()
    bar.fill.fore_color.rgb = RGBColor(*colour)
    bar.line.fill.background()


def _place(shape: Any, box: tuple[float, float, float, float]) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(Inches(value)) for value in box)


def _write(shape: Any, lines: Sequence[str], size: int, colour: tuple[int, int, int], bold: bool = False) -> None:
    shape.text_frame.text = "\n".join(lines)
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = 1
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.color.rgb = RGBColor(*colour)


def make_minutes_docx(pages: Sequence[Page]) -> bytes:
    """Minutes: the first page's heading is the title, every other one a chapter with a list."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = pages[0].heading, AUTHOR
    document.core_properties.language, document.core_properties.created = "de-DE", WRITTEN_AT
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", DocxPt(11)  # type: ignore
    for number, page in enumerate(pages):
        _write_part(document, page, number)
    return _saved(document)


def _write_part(document: Document, page: Page, number: int) -> None:
    heading = document.add_heading(page.heading, level=1 if number else 0)
    for run in heading.runs:
        run.font.color.rgb = DocxColour(*(BRAND if number else DARK))
    for line in page.lines:
        document.add_paragraph(line, style="List Bullet" if number else None)


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
