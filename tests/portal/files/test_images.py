"""Pictures are measured before decoding and made anew."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from portal.files.kinds import THUMBNAIL_WIDTHS
from portal.files.sandbox import ChildFailed, run_in_child
from tests.portal.files import samples

MODULE = "portal.files.images"


def opened(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(path.read_bytes()))


def prepare(folder: Path, content: bytes) -> tuple[dict[str, Any], Image.Image]:
    source = folder / "source"
    source.write_bytes(content)
    result = run_in_child(MODULE, "prepare", source, folder)
    return result, opened(folder / result["picture"])


def test_prepare_strips_place_owner_and_comment(tmp_path: Path) -> None:
    _, picture = prepare(tmp_path, samples.photo_with_gps())
    assert dict(picture.getexif()) == {} and "comment" not in picture.info
    written = b"".join(path.read_bytes() for path in tmp_path.glob("*") if path.name != "source")
    assert not any(word in written for word in (b"Erika", b"secret", b"Exif", b"GPS"))


def test_prepare_turns_the_picture_upright(tmp_path: Path) -> None:
    result, picture = prepare(tmp_path, samples.photo_with_gps(orientation=6))
    assert (result["width"], result["height"]) == picture.size == (400, 640)


def test_prepare_cuts_off_what_hides_behind_a_picture(tmp_path: Path) -> None:
    prepare(tmp_path, samples.picture("GIF", mode="P") + samples.HTML)
    assert b"script" not in (tmp_path / "picture").read_bytes()


@pytest.mark.parametrize(
    ("format", "mode", "expected"),
    [
        ("JPEG", "CMYK", ("JPEG", "image/jpeg", "jpg")),
        ("PNG", "RGBA", ("PNG", "image/png", "png")),
        ("GIF", "P", ("PNG", "image/png", "png")),
        ("WEBP", "RGB", ("JPEG", "image/jpeg", "jpg")),
        ("WEBP", "RGBA", ("PNG", "image/png", "png")),
        ("HEIF", "RGB", ("JPEG", "image/jpeg", "jpg")),
    ],
)
def test_prepare_writes_what_browsers_show(tmp_path: Path, format: str, mode: str, expected: tuple[str, ...]) -> None:
    result, picture = prepare(tmp_path, samples.picture(format, mode=mode))
    assert (picture.format, result["media_type"], result["extension"]) == expected


def test_prepare_makes_thumbnails_of_three_widths(tmp_path: Path) -> None:
    prepare(tmp_path, samples.picture(size=(2400, 1600)))
    sizes = [opened(tmp_path / f"{width}.webp").size for width in THUMBNAIL_WIDTHS]
    assert sizes == [(320, 213), (800, 533), (1600, 1067)]


def test_thumbnails_of_small_and_of_narrow_pictures(tmp_path: Path) -> None:
    prepare(tmp_path, samples.picture(size=(30, 3000)))
    assert opened(tmp_path / "320.webp").size == (10, 960)
    assert opened(tmp_path / "1600.webp").size == (30, 3000)


def test_colours_of_another_profile_become_srgb(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    _, picture = prepare(tmp_path, samples.picture(icc_profile=profile))
    assert "icc_profile" not in picture.info and picture.mode == "RGB"


@pytest.mark.parametrize("size", [(7000, 5600), (39_000, 1000)])
def test_huge_pictures_are_brought_to_a_bearable_size(tmp_path: Path, size: tuple[int, int]) -> None:
    result, _ = prepare(tmp_path, samples.picture("PNG", size=size, mode="L"))
    assert 1900 < max(result["width"], result["height"]) <= 3840


def test_a_pixel_bomb_stays_within_the_memory_bound(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(samples.pixel_bomb(30_000, 30_000))
    with pytest.raises(ChildFailed, match="memory"):
        run_in_child(MODULE, "prepare", tmp_path / "source", tmp_path)


def test_a_cut_picture_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(samples.picture(size=(900, 900))[:-2000])
    with pytest.raises(ChildFailed, match="unreadable"):
        run_in_child(MODULE, "prepare", tmp_path / "source", tmp_path)
