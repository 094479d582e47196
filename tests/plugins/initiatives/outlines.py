"""The outlines as the browser gets them, to measure against."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from plugins.initiatives.geography.germany import OUTLINES
from plugins.initiatives.geography.outlines import Ring, contains
from plugins.initiatives.geography.projection import Point

SPRITE = Path(__file__).resolve().parents[3] / "plugins" / "initiatives" / "static" / OUTLINES
NUMBER = re.compile(r"-?\d*\.?\d+")


@cache
def read_sprite() -> dict[str, list[Ring]]:
    """The rings of each Land."""
    found = re.findall(r'<path id="(\w\w)" d="([^"]+)"', SPRITE.read_text(encoding="utf-8"))
    return {code: [_ring(part) for part in path.split("z") if part] for code, path in found}


def land_at(point: Point) -> set[str]:
    """The Länder whose outline holds the point or runs within a unit and a half of it."""
    return {code for code, rings in read_sprite().items() if contains(rings, point) or _is_near(rings, point)}


def _is_near(rings: list[Ring], point: Point, reach: float = 1.5) -> bool:
    return any(_distance(point, a, b) <= reach for ring in rings for a, b in pairwise(ring))


def _distance(p: Point, a: Point, b: Point) -> float:
    length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2 or 1
    share = max(0, min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length))
    return ((p.x - a.x - share * (b.x - a.x)) ** 2 + (p.y - a.y - share * (b.y - a.y)) ** 2) ** 0.5


def _ring(part: str) -> Ring:
    move, lines = part.removeprefix("M").split("l")
    x, y = (float(number) for number in NUMBER.findall(move))
    ring = [Point(x, y)]
    numbers = [float(number) for number in NUMBER.findall(lines)]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        ring.append(Point(ring[-1].x + dx, ring[-1].y + dy))
    return ring
