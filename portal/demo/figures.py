"""People, plants and furniture for the demo's pictures."""

from __future__ import annotations

from dataclasses import dataclass

from portal.demo.canvas import BRAND, CREAM, DEEP, HAIRS, INK, MOSS, PAPER, SKINS, Canvas


@dataclass(frozen=True)
class Look:
    """How a person looks: clothes, indices of skin and hair, and hair style (0 short, 1 bob, 2 bun, 3 bald)."""

    cloth: str
    skin: int = 0
    hair: int = 0
    style: int = 0
    trousers: str = INK


def standing(canvas: Canvas, x: float, floor: float, height: float, look: Look, facing: int = 1) -> None:
    """A person who stands; ``facing`` is 1 to the right, -1 to the left, 0 with the back to us."""
    unit = height / 100
    canvas.glow((x - 20 * unit, floor - 3 * unit, x + 20 * unit, floor + 3 * unit), INK, 0.35, 14)
    for side in (-1, 1):
        canvas.rectangle(
            (x + side * 6 * unit - 4.6 * unit, floor - 47 * unit, x + side * 6 * unit + 4.6 * unit, floor - 2 * unit),
            look.trousers,
            4 * unit,
        )
        shoe = x + side * 6 * unit + facing * 2 * unit
        canvas.rectangle((shoe - 6 * unit, floor - 5 * unit, shoe + 6 * unit, floor), "#2b2422", 2.5 * unit)
    bust(canvas, x, floor - 44 * unit, height * 0.56, look, facing)


def bust(canvas: Canvas, x: float, base: float, height: float, look: Look, facing: int = 1) -> None:
    """Head and trunk of a person; ``base`` is the lower edge of the trunk."""
    unit = height / 56
    canvas.rectangle((x - 13 * unit, base - 36 * unit, x + 13 * unit, base), look.cloth, 9 * unit)
    canvas.rectangle((x - 17 * unit, base - 34 * unit, x - 10 * unit, base - 4 * unit), look.cloth, 3.5 * unit)
    canvas.rectangle((x + 10 * unit, base - 34 * unit, x + 17 * unit, base - 4 * unit), look.cloth, 3.5 * unit)
    for side in (-1, 1):
        canvas.circle((x + side * 13.5 * unit, base - 4 * unit), 3.2 * unit, SKINS[look.skin])
    if facing:
        canvas.polygon(
            [(x - 4.5 * unit, base - 36 * unit), (x + 4.5 * unit, base - 36 * unit), (x, base - 27 * unit)], PAPER
        )
    canvas.rectangle((x - 3.4 * unit, base - 42 * unit, x + 3.4 * unit, base - 33 * unit), SKINS[look.skin], 3 * unit)
    _head(canvas, x + facing * unit, base - 47 * unit, unit, look, facing)


def _head(canvas: Canvas, x: float, y: float, unit: float, look: Look, facing: int) -> None:
    skin, hair = SKINS[look.skin], HAIRS[look.hair]
    if look.style == 1 and not facing:
        canvas.rectangle((x - 9.6 * unit, y - 9 * unit, x + 9.6 * unit, y + 9.5 * unit), hair, 8 * unit)
    elif look.style == 1:
        for side in (-1, 1):
            inner, outer = sorted((x + side * 5 * unit, x + side * 11 * unit))
            canvas.rectangle((inner, y - 7 * unit, outer, y + 11 * unit), hair, 3 * unit)
    if look.style == 2:
        canvas.circle((x - facing * 4 * unit, y - 11 * unit), 4.4 * unit, hair)
    canvas.circle((x, y), 8.6 * unit, skin if facing else hair)
    if not facing:
        canvas.ellipse((x - 6 * unit, y + 2 * unit, x + 6 * unit, y + 9 * unit), hair if look.style == 1 else skin)
        return
    if look.style != 3:
        box = (x - 9 * unit, y - 9.6 * unit, x + 9 * unit, y + 7 * unit)
        canvas.arc(box, 180 - 8, 360 + 8, hair, 5.2 * unit)
        canvas.ellipse((x - 8.4 * unit, y - 9.6 * unit, x + 8.4 * unit, y - 3.2 * unit), hair)
    canvas.circle((x + facing * 3.2 * unit - 2.6 * unit, y + 0.6 * unit), 0.9 * unit, INK)
    canvas.circle((x + facing * 3.2 * unit + 2.6 * unit, y + 0.6 * unit), 0.9 * unit, INK)
    canvas.arc(
        (x + facing * 3 * unit - 3 * unit, y + 0.4 * unit, x + facing * 3 * unit + 3 * unit, y + 5.6 * unit),
        35,
        145,
        "#8a4b3a",
        0.9 * unit,
    )


def plant(canvas: Canvas, x: float, floor: float, height: float, pot: str = CREAM) -> None:
    """A plant in a pot."""
    unit = height / 100
    canvas.glow((x - 26 * unit, floor - 5 * unit, x + 26 * unit, floor + 5 * unit), INK, 0.3, 12)
    for lean, size, colour in (
        (-24, 74, MOSS),
        (24, 70, "#5b8a63"),
        (-10, 92, "#4f7d5c"),
        (11, 96, MOSS),
        (0, 100, "#7fab78"),
    ):
        tip = (x + lean * unit, floor - size * unit)
        canvas.polygon(
            [
                (x - 2 * unit, floor - 26 * unit),
                (x + lean * unit * 0.4 - 9 * unit, floor - size * 0.62 * unit),
                tip,
                (x + lean * unit * 0.9 + 8 * unit, floor - size * 0.58 * unit),
                (x + 2 * unit, floor - 26 * unit),
            ],
            colour,
        )
    canvas.polygon(
        [
            (x - 16 * unit, floor - 30 * unit),
            (x + 16 * unit, floor - 30 * unit),
            (x + 11 * unit, floor),
            (x - 11 * unit, floor),
        ],
        pot,
    )
    canvas.rectangle((x - 18 * unit, floor - 33 * unit, x + 18 * unit, floor - 27 * unit), pot, 2 * unit)


def lamp(canvas: Canvas, x: float, drop: float, size: float, shade: str = DEEP) -> None:
    """A lamp that hangs from the ceiling and shines."""
    canvas.line([(x, 0), (x, drop)], INK, 2.5)
    canvas.glow((x - size * 1.5, drop, x + size * 1.5, drop + size * 1.7), "#ffe9b8", 0.45, 34)
    canvas.polygon(
        [
            (x - size * 0.28, drop),
            (x + size * 0.28, drop),
            (x + size, drop + size * 0.8),
            (x - size, drop + size * 0.8),
        ],
        shade,
    )
    canvas.ellipse((x - size * 0.42, drop + size * 0.6, x + size * 0.42, drop + size), "#fff3cf")


def high_table(canvas: Canvas, x: float, floor: float, width: float, height: float, top: str = PAPER) -> None:
    """A tall round table to stand at."""
    canvas.glow((x - width * 0.45, floor - 12, x + width * 0.45, floor + 14), INK, 0.35, 16)
    canvas.ellipse((x - width * 0.28, floor - 14, x + width * 0.28, floor + 8), BRAND)
    canvas.rectangle((x - 9, floor - height, x + 9, floor), DEEP, 4)
    canvas.ellipse((x - width / 2, floor - height - 18, x + width / 2, floor - height + 26), "#c9b795")
    canvas.ellipse((x - width / 2, floor - height - 24, x + width / 2, floor - height + 18), top)


def cup(canvas: Canvas, x: float, y: float, colour: str) -> None:
    """A cup of coffee; ``y`` is where it stands."""
    canvas.arc((x + 8, y - 26, x + 30, y - 6), 0, 360, colour, 4)
    canvas.rectangle((x - 16, y - 32, x + 16, y), colour, 6)
    canvas.ellipse((x - 16, y - 37, x + 16, y - 27), "#5a3a28")
