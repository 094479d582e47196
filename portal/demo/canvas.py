"""A small drawing board over Pillow: soft gradients, shadows, rounded shapes, people and plants in one palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
SCALE = 2
Point = tuple[float, float]
Box = tuple[float, float, float, float]

INK, DEEP, BRAND, TEAL, MIST = "#1a272b", "#073f47", "#0b5c66", "#3f8f94", "#b3d2d4"
PAPER, CREAM, SAND, CLAY = "#f8f6f2", "#f3eadb", "#e6d3b3", "#c98a5a"
RUST, AMBER, ROSE, MOSS, SKY = "#a9480f", "#eab04d", "#d98f7c", "#6f9a6b", "#cfe3e6"
SKINS = ("#f0c8a6", "#d9a47a", "#a8714b", "#7a4e33", "#f4d6bc")
HAIRS = ("#3a2a22", "#6b4a32", "#b98a4e", "#22262a", "#8d8a86")


class Canvas:
    """Draws in units of a 1600 × 1067 picture, at twice that size, so that edges are smooth in the end."""

    def __init__(self, top: str, bottom: str) -> None:
        self.image = vertical_gradient((WIDTH * SCALE, HEIGHT * SCALE), top, bottom)
        self._pen = ImageDraw.Draw(self.image)

    def rectangle(self, box: Box, colour: str, radius: float = 0) -> None:
        """A rectangle with round corners."""
        self._pen.rounded_rectangle(_scaled(box), radius * SCALE, colour)

    def ellipse(self, box: Box, colour: str) -> None:
        """An ellipse inside the box."""
        self._pen.ellipse(_scaled(box), colour)

    def circle(self, centre: Point, radius: float, colour: str) -> None:
        """A disc."""
        x, y = centre
        self.ellipse((x - radius, y - radius, x + radius, y + radius), colour)

    def polygon(self, points: Sequence[Point], colour: str) -> None:
        """A filled outline."""
        self._pen.polygon([(x * SCALE, y * SCALE) for x, y in points], colour)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line with round joints and ends."""
        self._pen.line([(x * SCALE, y * SCALE) for x, y in points], colour, round(width * SCALE), joint="curve")
        for end in (points[0], points[-1]):
            self.circle(end, width / 2 - 0.5, colour)

    def arc(self, box: Box, start: float, end: float, colour: str, width: float) -> None:
        """A part of an ellipse's outline, in degrees clockwise from three o'clock."""
        self._pen.arc(_scaled(box), start, end, colour, round(width * SCALE))

    def gradient(self, box: Box, top: str, bottom: str, radius: float = 0) -> None:
        """A rectangle that changes its colour from top to bottom."""
        left, upper, right, lower = (round(value) for value in _scaled(box))
        patch = vertical_gradient((right - left, lower - upper), top, bottom)
        mask = Image.new("L", patch.size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, *patch.size), radius * SCALE, 255)
        self.image.paste(patch, (left, upper), mask)

    def shade(self, box: Box, colour: str = INK, strength: float = 0.25, blur: float = 18, radius: float = 0) -> None:
        """A blurred patch: a shadow when dark, a glow when bright."""
        self._blend(
            box, colour, strength, blur, lambda pen, at: pen.rounded_rectangle((*at[0], *at[1]), radius / 2, 255)
        )

    def glow(self, box: Box, colour: str, strength: float = 0.5, blur: float = 40) -> None:
        """A blurred ellipse, such as light around a lamp or the shadow under a table."""
        self._blend(box, colour, strength, blur, lambda pen, at: pen.ellipse((*at[0], *at[1]), 255))

    def beam(self, points: Sequence[Point], colour: str, strength: float = 0.3, blur: float = 12) -> None:
        """A blurred polygon, such as light through a window."""
        self._blend(
            [value for point in points for value in point], colour, strength, blur, lambda pen, at: pen.polygon(at, 255)
        )

    def finished(self) -> Image.Image:
        """The picture in its true size, with a slight vignette and paper grain."""
        picture = self.image.reduce(SCALE)
        edge = Image.new("L", (WIDTH // 4, HEIGHT // 4), 225)
        ImageDraw.Draw(edge).ellipse((-40, -50, WIDTH // 4 + 40, HEIGHT // 4 + 50), 255)
        edge = edge.filter(ImageFilter.GaussianBlur(45)).resize(picture.size)
        noise = Random(WIDTH).randbytes(WIDTH * HEIGHT)  # noqa: S311 (paper grain)
        grain = Image.frombytes("L", (WIDTH, HEIGHT), noise).point([114 + value // 9 for value in range(256)])
        shaded = ImageChops.multiply(picture, Image.merge("RGB", (edge, edge, edge)))
        return Image.blend(shaded, ImageChops.overlay(shaded, grain.convert("RGB")), 0.35)

    def _blend(
        self, corners: Sequence[float], colour: str, strength: float, blur: float, draw: Callable[..., None]
    ) -> None:
        """Draw on a mask of the touched region at a quarter of the size: soft edges need no more."""
        margin = 3 * blur
        left, upper = int(min(corners[::2]) - margin), int(min(corners[1::2]) - margin)
        size = int(max(corners[::2]) + margin - left) // 2, int(max(corners[1::2]) + margin - upper) // 2
        mask = Image.new("L", size, 0)
        at = [((x - left) / 2, (y - upper) / 2) for x, y in zip(corners[::2], corners[1::2], strict=True)]
        draw(ImageDraw.Draw(mask), at)
        mask = mask.filter(ImageFilter.GaussianBlur(blur / 2)).point([round(value * strength) for value in range(256)])
        mask = mask.resize((size[0] * 2 * SCALE, size[1] * 2 * SCALE), Image.Resampling.BILINEAR)
        self.image.paste(colour, (left * SCALE, upper * SCALE), mask)


def vertical_gradient(size: tuple[int, int], top: str, bottom: str) -> Image.Image:
    """A picture that changes its colour from top to bottom."""
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)


def _scaled(box: Box) -> Box:
    return box[0] * SCALE, box[1] * SCALE, box[2] * SCALE, box[3] * SCALE
