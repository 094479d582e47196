"""From latitude and longitude to the map's units."""

from __future__ import annotations

from math import degrees, log, pi, radians, tan
from typing import NamedTuple

WIDTH, HEIGHT = 586, 793


class Point(NamedTuple):
    """A place on the map: ``x`` to the right, ``y`` downward, both in units of the view box."""

    x: float
    y: float


def project(latitude: float, longitude: float) -> Point:
    """The place of a position (degrees, WGS 84) on the map, which is an exact Web Mercator picture.

    The factors were fitted to the outlines of @svg-maps/germany 2.0.0; they are off by at most 0.36 units,
    about 600 m."""
    mercator = degrees(log(tan(pi / 4 + radians(latitude) / 2)))
    return Point(round(63.744 * longitude - 373.639, 1), round(4210.445 - 63.564 * mercator, 1))
