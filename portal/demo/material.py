"""The demo network's files, made on the spot: documents from headings and lines, photos from drawn scenes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from PIL import Image

from portal.demo import pictures, scenery
from portal.demo.canvas import Canvas
from portal.demo.papers import Page, make_minutes_docx, make_slides_pdf, make_slides_pptx

CREDIT = "Illustration: Servicestelle des Netzwerks"
# The place is the meeting's street in Berlin: the portal must take it out of the picture before anyone sees it.
SCENE_WITH_PLACE = "foyer"
LATITUDE, LONGITUDE = (52.0, 30.0, 46.0), (13.0, 24.0, 20.0)

DOCUMENTS: dict[str, Callable[[Sequence[Page]], bytes]] = {
    "slides_pdf": make_slides_pdf,
    "slides_pptx": make_slides_pptx,
    "minutes_docx": make_minutes_docx,
}
SCENES: dict[str, Callable[[], Canvas]] = {
    "hall": pictures.hall,
    "foyer": pictures.foyer,
    "map": pictures.map_wall,
    "lab": pictures.lab,
    "hands": pictures.hands,
    "talk": scenery.talk,
    "speed": scenery.speed,
    "region": scenery.region,
    "evening": scenery.evening,
}


def make_document(kind: str, pages: Sequence[Page]) -> bytes:
    """A document of ``kind`` ``slides_pdf``, ``slides_pptx`` or ``minutes_docx``. Raises KeyError for another."""
    return DOCUMENTS[kind](pages)


def draw_photo(scene: str) -> bytes:
    """The scene (a name in :data:`SCENES`) as a JPEG of 1600 × 1067, as a camera would write it."""
    target = io.BytesIO()
    SCENES[scene]().finished().save(target, "JPEG", quality=90, exif=_camera_notes(scene == SCENE_WITH_PLACE))
    return target.getvalue()


def _camera_notes(with_place: bool) -> Image.Exif:
    notes = Image.Exif()
    notes[0x010F], notes[0x0132] = "Zeichenbrett", "2023:09:05 13:05:00"
    if with_place:
        notes.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: LONGITUDE})
    return notes
