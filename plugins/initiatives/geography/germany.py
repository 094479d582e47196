"""The sixteen Länder on the map."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plugins.initiatives.geography.projection import HEIGHT, WIDTH, Point

Box = tuple[float, float, float, float]
OUTLINES = "germany-2.0.0.svg"
WHOLE: Box = (0, 0, WIDTH, HEIGHT)
MARGIN = 14


@dataclass(frozen=True)
class LandShape:
    """Where a Land lies on the map: the rectangle around it (x, y, width, height) and the place for its number."""

    code: str
    box: Box
    label: Point


@cache
def land_shapes() -> dict[str, LandShape]:
    """The shapes by the Land's code. The outlines themselves are symbols of the same names in the static sprite."""
    data = json.loads((Path(__file__).parent / "data" / "laender.json").read_text(encoding="utf-8"))
    return {code: LandShape(code, tuple(one["box"]), Point(*one["label"])) for code, one in data.items()}


def view_of(land: str) -> Box:
    """The part of the map to show: one Land with some room around it, or all of Germany for ""."""
    shape = land_shapes().get(land)
    if shape is None:
        return WHOLE
    x, y, width, height = shape.box
    room = MARGIN + max(0, 90 - max(width, height)) / 2
    return x - room, y - room, width + 2 * room, height + 2 * room
