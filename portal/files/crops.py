"""Which part of a portrait is shown: ``centre``, ``top``, or numbers ``left,top,side`` in thousandths.

``left`` counts of the width, ``top`` of the height, ``side`` of the shorter side, so that they mean the same at every
size of the picture."""

from __future__ import annotations

import re

CENTRE, TOP = "centre", "top"
NAMED = (CENTRE, TOP)
WHOLE, SMALLEST, TOLERANCE = 1000, 100, 5
_NUMBERS = re.compile(r"([0-9]{1,4}),([0-9]{1,4}),([0-9]{1,4})")

Box = tuple[int, int, int, int]


def find_box(crop: str, width: int, height: int) -> Box | None:
    """The square in pixels (left, top, right, bottom) of a picture of this size; None if ``crop`` says no such."""
    shorter = min(width, height)
    if crop in NAMED:
        left = (width - shorter) // 2
        return _box(left, 0 if crop == TOP else (height - shorter) // 2, shorter)
    numbers = _NUMBERS.fullmatch(crop)
    if numbers is None:
        return None
    left, top, side = (int(one) for one in numbers.groups())
    pixels = round(shorter * side / WHOLE)
    x, y = round(width * left / WHOLE), round(height * top / WHOLE)
    slack = TOLERANCE * max(width, height) / WHOLE
    if not SMALLEST <= side <= WHOLE or x + pixels > width + slack or y + pixels > height + slack:
        return None
    return _box(min(x, width - pixels), min(y, height - pixels), pixels)


def _box(left: int, top: int, side: int) -> Box:
    return left, top, left + side, top + side
