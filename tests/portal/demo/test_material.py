"""The demo's own files pass the portal's own checks, and hold what they should."""

import io
from pathlib import Path

import pytest
from PIL import Image

from portal.demo.material import DOCUMENTS, SCENE_WITH_PLACE, SCENES, draw_photo, make_document
from portal.demo.papers import Page
from portal.files.decoding import PAGE_BREAK
from portal.files.inspection import inspect
from portal.files.sandbox import run_in_child

GPS = 0x8825
PAGES = (Page("Einladend einladen", ["Für „alle“ – überall"]), Page("Regeln", ["Nutzen"], notes="Fachkräftegewinnung"))


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_documents_are_accepted_and_readable(tmp_path: Path, kind: str) -> None:
    source = tmp_path / f"source.{kind.rpartition('_')[2]}"
    source.write_bytes(make_document(kind, PAGES))
    assert inspect(source, source.name, tmp_path).file_type.extension == source.suffix[1:]
    text = run_in_child("portal.files.extraction", "extract", source, tmp_path)["text"]
    assert "Für „alle“ – überall" in text
    assert text.count(PAGE_BREAK) == (0 if kind == "minutes_docx" else 1)


def test_notes_of_slides_are_found(tmp_path: Path) -> None:
    source = tmp_path / "source.pptx"
    source.write_bytes(make_document("slides_pptx", PAGES))
    text = run_in_child("portal.files.extraction", "extract", source, tmp_path)["text"]
    assert text.endswith("Fachkräftegewinnung")


@pytest.mark.parametrize("scene", SCENES)
def test_photos_are_pictures_of_one_size(scene: str) -> None:
    photo = Image.open(io.BytesIO(draw_photo(scene)))
    assert (photo.format, photo.size) == ("JPEG", (1600, 1067))
    assert bool(photo.getexif().get_ifd(GPS)) == (scene == SCENE_WITH_PLACE)


def test_photos_are_the_same_every_time() -> None:
    assert draw_photo("talk") == draw_photo("talk")
