"""Pictures: measured before decoding, then made anew without metadata. Runs in the child process only."""

from __future__ import annotations

import io
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from portal.files.child import serve
from portal.files.kinds import CARD_SIDE, SQUARE_SIDES, THUMBNAIL_WIDTHS

# Enough for a full page in print at 300 dpi, and small enough to fit the memory bound.
LONGEST_SIDE = 3840
# Pillow opens MPO, the format of many phones, as a kind of JPEG.
OPENED_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
HUGE_PIXELS = 16_000_000
STRIP_PIXELS = 2_000_000
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Target:
    """How a stripped picture is written."""

    format: str
    extension: str
    media_type: str
    options: dict[str, Any]


JPEG = Target("JPEG", "jpg", "image/jpeg", {"quality": 90, "progressive": True})
PNG = Target("PNG", "png", "image/png", {"compress_level": 4})
LOSSLESS = ("PNG", "GIF")


def measure(source: Path, folder: Path) -> dict[str, Any]:
    """Format, width, height and number of frames, read from the header."""
    with _open(source) as image:
        frames = 1 if image.format in ("MPO", "HEIF") else getattr(image, "n_frames", 1)
        return {"format": image.format, "width": image.width, "height": image.height, "frames": frames}


def prepare(source: Path, folder: Path) -> dict[str, Any]:
    """Write the picture anew (upright, in sRGB, without EXIF, GPS, comments or trailing bytes) and its thumbnails.

    Gives the names of the files written into ``folder`` and the new size and type."""
    target, picture = _read(source)
    picture.save(folder / "picture", target.format, **target.options)
    thumbnails = {str(width): _write_thumbnail(picture, width, folder) for width in THUMBNAIL_WIDTHS}
    return {
        "picture": "picture",
        "extension": target.extension,
        "media_type": target.media_type,
        "width": picture.width,
        "height": picture.height,
        "thumbnails": thumbnails,
    }


def _open(source: Path) -> Image.Image:
    pillow_heif.register_heif_opener(thumbnails=False)
    # The limit on pixels is ours (portal.files.inspection), per format and with a message of its own.
    Image.MAX_IMAGE_PIXELS = None
    return Image.open(source, formats=OPENED_FORMATS)


def _read(source: Path) -> tuple[Target, Image.Image]:
    """The picture at no more than LONGEST_SIDE, upright, in sRGB, without any metadata, and how to write it."""
    with _open(source) as opened:
        has_alpha = opened.has_transparency_data
        target = PNG if has_alpha or opened.format in LOSSLESS else JPEG
        profile, orientation = opened.info.get("icc_profile"), opened.getexif().get(ORIENTATION, 1)
        small = _shrink(opened, _working_mode(opened, has_alpha))
    # From here on the decoder and its full-size copy are out of memory.
    del opened
    picture = _to_srgb(small, profile, "RGBA" if has_alpha else "RGB")
    picture.getexif()[ORIENTATION] = orientation
    ImageOps.exif_transpose(picture, in_place=True)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture.info = {}
    return target, picture


def _working_mode(opened: Image.Image, has_alpha: bool) -> str:
    if has_alpha:
        return "RGBA"
    return "CMYK" if opened.mode == "CMYK" else "RGB"


def _shrink(opened: Image.Image, mode: str) -> Image.Image:
    """Convert; a huge picture is reduced strip by strip, because a second full copy would break the memory bound."""
    if opened.width * opened.height > HUGE_PIXELS:
        opened.draft("RGB", (LONGEST_SIDE // 2, LONGEST_SIDE // 2))
    if opened.mode.startswith("I;16"):
        return opened.point(lambda value: value * (1 / 256)).convert("L").convert(mode)
    if opened.width * opened.height <= HUGE_PIXELS:
        return opened.convert(mode)
    factor = math.ceil(max(opened.size) / LONGEST_SIDE)
    rows = factor * max(1, STRIP_PIXELS // (opened.width * factor))
    small = Image.new(mode, (math.ceil(opened.width / factor), math.ceil(opened.height / factor)))
    for top in range(0, opened.height, rows):
        strip = opened.crop((0, top, opened.width, min(top + rows, opened.height)))
        small.paste(strip.convert(mode).reduce(factor), (0, top // factor))
    return small


def _to_srgb(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    """Colours of a picture with a profile of its own (wide-gamut phones, print) as a browser expects them."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            return image.convert(mode)
        return converted or image
    return image if image.mode == mode else image.convert(mode)


def _write_thumbnail(picture: Image.Image, width: int, folder: Path) -> str:
    """A WebP no wider than ``width`` and no higher than three times that; small pictures are not blown up."""
    scale = min(1.0, width / picture.width, 3 * width / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    small = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.save(folder / f"{width}.webp", "WEBP", quality=82, method=4)
    return f"{width}.webp"


def cut(source: Path, folder: Path) -> dict[str, Any]:
    """Cut out the square that ``box.json`` in ``folder`` names in pixels, and write it in each size."""
    box = json.loads((folder / "box.json").read_text(encoding="ascii"))
    with _open(source) as opened:
        part = opened.convert("RGBA" if opened.has_transparency_data else "RGB").crop(box)
    for side in SQUARE_SIDES:
        _square(part, side).save(folder / f"{side}.webp", "WEBP", quality=82, method=4)
    flat = Image.new("RGB", (CARD_SIDE, CARD_SIDE), "white")
    square = _square(part, CARD_SIDE)
    flat.paste(square, mask=square if square.mode == "RGBA" else None)
    flat.save(folder / "card.jpg", "JPEG", quality=85)
    return {**{f"{side}.webp": f"s{side}.webp" for side in SQUARE_SIDES}, "card.jpg": f"s{CARD_SIDE}.jpg"}


def _square(part: Image.Image, side: int) -> Image.Image:
    return part.resize((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)


if __name__ == "__main__":
    serve(measure=measure, prepare=prepare, cut=cut)
