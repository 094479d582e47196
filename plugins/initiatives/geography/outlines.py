"""Outlines as rings of points: read from SVG paths, measured, written back shorter."""

from __future__ import annotations

import re
from itertools import pairwise

from plugins.initiatives.geography.projection import Point

Ring = list[Point]
_SUBPATH = re.compile(r"m([^z]*)z", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")


def read_rings(path: str) -> list[Ring]:
    """The rings of a path that is made of relative lines only (``m dx,dy … z``)."""
    rings: list[Ring] = []
    start = Point(0, 0)
    for subpath in _SUBPATH.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(subpath)]
        ring: Ring = []
        here = start
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            here = Point(here.x + dx, here.y + dy)
            ring.append(here)
        start = ring[0]
        rings.append(ring)
    return rings


def contains(rings: list[Ring], point: Point) -> bool:
    """Whether the point lies inside by the even-odd rule, so that holes count as outside."""
    inside = False
    for a, b in (edge for ring in rings for edge in pairwise([*ring, ring[0]])):
        if (a.y > point.y) != (b.y > point.y) and point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x:
            inside = not inside
    return inside


def clearance(rings: list[Ring], point: Point) -> float:
    """How far the point is from the nearest corner of the outline, squared."""
    return min((p.x - point.x) ** 2 + (p.y - point.y) ** 2 for ring in rings for p in ring)


def box_of(rings: list[Ring]) -> tuple[int, int, int, int]:
    """The rectangle around the rings: x, y, width, height."""
    xs, ys = [p.x for ring in rings for p in ring], [p.y for ring in rings for p in ring]
    left, top = int(min(xs)), int(min(ys))
    return left, top, int(max(xs)) + 1 - left, int(max(ys)) + 1 - top


def label_point(rings: list[Ring]) -> Point:
    """The place inside that has most room around it, for a number or a name."""
    left, top, width, height = box_of(rings)
    grid = (Point(left + width * i / 40, top + height * j / 40) for i in range(41) for j in range(41))
    return max((point for point in grid if contains(rings, point)), key=lambda point: clearance(rings, point))


def write_path(rings: list[Ring]) -> str:
    """The rings as a path of relative lines with one decimal; corners shared by neighbours stay shared."""
    return "".join(map(_write_ring, rings))


def _write_ring(ring: Ring) -> str:
    tenths = [(round(p.x * 10), round(p.y * 10)) for p in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths)]
    lines = " ".join(f"{_tenth(dx)} {_tenth(dy)}" for dx, dy in steps if dx or dy)
    return f"M{_tenth(tenths[0][0])} {_tenth(tenths[0][1])}l{lines}z".replace(" -", "-")


def _tenth(number: int) -> str:
    return f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"
