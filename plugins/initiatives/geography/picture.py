"""The map as it is drawn: Länder shaded by number, a pin for each initiative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, cos, dist, pi, sin
from typing import Protocol

from plugins.initiatives.geography.germany import WHOLE, Box, land_shapes, view_of
from plugins.initiatives.geography.projection import HEIGHT, WIDTH, Point, project

SHADES = 4
PIN_RADIUS = 7
NEAR = 13
ROOM = 45
CLOSER = 1.25


class Located(Protocol):
    """Something with a position, or none."""

    @property
    def latitude(self) -> float | None: ...

    @property
    def longitude(self) -> float | None: ...


Crowd = list[tuple[Located, Point]]


@dataclass(frozen=True)
class LandOnMap:
    """A Land: ``shade`` from 0 (nobody) to SHADES (most), ``label`` where its number stands if it ``has_room``."""

    code: str
    count: int
    shade: int
    label: Point
    has_room: bool


@dataclass(frozen=True)
class PinOnMap:
    """A pin for ``thing`` at a point of the map."""

    thing: Located
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """All there is to draw. ``scale`` shrinks pins and numbers where a part of the map is enlarged."""

    view: Box
    laender: list[LandOnMap]
    pins: list[PinOnMap]
    scale: float

    @property
    def view_box(self) -> str:
        """The view as the attribute of the picture."""
        return " ".join(f"{number:g}" for number in self.view)

    @property
    def radius(self) -> float:
        """The radius of a pin."""
        return round(PIN_RADIUS * self.scale, 1)


def draw(things: Iterable[Located], counts: Mapping[str, int], land: str = "") -> Picture:
    """The picture of these things, of one Land when ``land`` is its code."""
    view = view_of(land)
    scale = 1 if view == WHOLE else CLOSER * max(view[2] / WIDTH, view[3] / HEIGHT)
    return Picture(view, _laender(counts), _spread(things, scale), scale)


def point_of(thing: Located) -> Point | None:
    """Where a thing stands on the map, None where that is unknown."""
    if thing.latitude is None or thing.longitude is None:
        return None
    return project(thing.latitude, thing.longitude)


def _laender(counts: Mapping[str, int]) -> list[LandOnMap]:
    most = max(counts.values(), default=0) or 1
    return [
        LandOnMap(
            code, count := counts.get(code, 0), ceil(SHADES * count / most), shape.label, min(shape.box[2:]) > ROOM
        )
        for code, shape in land_shapes().items()
    ]


def _spread(things: Iterable[Located], scale: float) -> list[PinOnMap]:
    """Pins that would hide one another stand in a small circle around their common place."""
    crowds: list[Crowd] = []
    cells: dict[tuple[int, int], list[Crowd]] = defaultdict(list)
    size = NEAR * scale
    for thing in things:
        point = point_of(thing)
        if point is None:
            continue
        column, row = round(point.x / size), round(point.y / size)
        around = (crowd for i in (-1, 0, 1) for j in (-1, 0, 1) for crowd in cells[column + i, row + j])
        near = next((crowd for crowd in around if dist(crowd[0][1], point) < size), None)
        if near is None:
            near = []
            crowds.append(near)
            cells[column, row].append(near)
        near.append((thing, point))
    return [pin for crowd in crowds for pin in _around(crowd, size)]


def _around(crowd: Crowd, size: float) -> list[PinOnMap]:
    if len(crowd) == 1:
        thing, point = crowd[0]
        return [PinOnMap(thing, point.x, point.y)]
    x = sum(point.x for _, point in crowd) / len(crowd)
    y = sum(point.y for _, point in crowd) / len(crowd)
    radius = size * max(0.58, len(crowd) / 6)
    turns = [2 * pi * number / len(crowd) - pi / 2 for number in range(len(crowd))]
    return [
        PinOnMap(thing, round(x + radius * cos(turn), 1), round(y + radius * sin(turn), 1))
        for (thing, _), turn in zip(crowd, turns, strict=True)
    ]
