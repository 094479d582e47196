"""More of the demo's pictures: a talk, the speed dating, a region's industry, the evening after the meeting."""

from __future__ import annotations

from portal.demo.canvas import (
    AMBER,
    BRAND,
    CREAM,
    DEEP,
    HEIGHT,
    INK,
    MIST,
    MOSS,
    PAPER,
    ROSE,
    RUST,
    TEAL,
    WIDTH,
    Canvas,
)
from portal.demo.figures import Look, bust, cup, high_table, lamp, plant, standing


def talk() -> Canvas:
    """Two people who talk at a high table."""
    canvas = Canvas("#f4efe4", "#e6d8bf")
    canvas.gradient((120, 70, 700, 640), "#dcecee", "#f1ecdc", 26)
    canvas.gradient((900, 70, 1480, 640), "#dcecee", "#f1ecdc", 26)
    for left in (120, 900):
        _hills(canvas, left)
        canvas.rectangle((left + 284, 70, left + 296, 640), PAPER)
        canvas.rectangle((left - 14, 632, left + 594, 662), PAPER, 6)
    canvas.gradient((0, 800, WIDTH, HEIGHT), "#d8c29d", "#b8905f")
    canvas.rectangle((0, 790, WIDTH, 806), "#cbb48b")
    canvas.beam([(140, 810), (690, 810), (480, 1067), (-160, 1067)], "#fff6e0", 0.4, 16)
    canvas.beam([(920, 810), (1470, 810), (1260, 1067), (620, 1067)], "#fff6e0", 0.4, 16)
    plant(canvas, 1490, 930, 340, DEEP)
    _bubble(canvas, (330, 96, 620, 236), BRAND, 1)
    _bubble(canvas, (1040, 84, 1320, 216), RUST, -1)
    standing(canvas, 590, 985, 690, Look(BRAND, 4, 1, 1, INK), 1)
    standing(canvas, 1016, 985, 712, Look(AMBER, 2, 3, 0, DEEP), -1)
    high_table(canvas, 803, 1012, 330, 372)
    cup(canvas, 735, 644, RUST)
    cup(canvas, 866, 646, TEAL)
    canvas.polygon([(776, 648), (830, 640), (838, 652), (786, 660)], CREAM)
    return canvas


def _hills(canvas: Canvas, left: float) -> None:
    for top, colour in ((452, "#bcd6d6"), (520, "#9cc3bf"), (576, "#86b0a0")):
        canvas.gradient((left + 10, top, left + 570, 638), colour, colour, 60)
    for number in range(3):
        x = left + 84 + number * 180
        canvas.line([(x, 300 + number * 34), (x, 560)], PAPER, 6)
        hub = (x, 300 + number * 34)
        for dx, dy in ((0, -66), (57, 33), (-57, 33)):
            canvas.line([hub, (hub[0] + dx, hub[1] + dy)], PAPER, 5)


def _bubble(canvas: Canvas, box: tuple[float, float, float, float], colour: str, side: int) -> None:
    left, top, right, bottom = box
    canvas.shade((left + 8, top + 14, right + 8, bottom + 14), INK, 0.22, 16, 40)
    tip = right - 60 if side > 0 else left + 60
    canvas.polygon([(tip - 30, bottom - 10), (tip + 30, bottom - 10), (tip - side * -22, bottom + 46)], colour)
    canvas.rectangle(box, colour, 42)
    for line, share in enumerate((0.72, 0.5)):
        y = top + (bottom - top) * (0.34 + line * 0.26)
        canvas.rectangle((left + 44, y, left + 44 + (right - left - 88) * share / 0.72, y + 15), PAPER, 8)


def speed() -> Canvas:
    """Pairs who face each other at small tables under lamps."""
    canvas = Canvas("#0e4a52", "#0b3a42")
    canvas.gradient((0, 640, WIDTH, HEIGHT), "#7b5a3c", "#53391f")
    canvas.rectangle((0, 632, WIDTH, 646), "#94704c")
    looks = (
        (Look(AMBER, 0, 1, 1), Look(MIST, 2, 3, 0)),
        (Look(ROSE, 3, 3, 2), Look(CREAM, 4, 2, 0)),
        (Look(TEAL, 1, 0, 0), Look(RUST, 0, 4, 1)),
    )
    for number, (one, other) in enumerate(looks):
        x = 290 + number * 510
        canvas.beam([(x - 60, 190), (x + 60, 190), (x + 270, 900), (x - 270, 900)], "#ffe3a6", 0.34, 46)
        canvas.glow((x - 220, 520, x + 220, 760), "#ffe3a6", 0.25, 60)
        lamp(canvas, x, 110 + number % 2 * 24, 74, (RUST, AMBER, RUST)[number])
        bust(canvas, x - 138, 800, 360, one, 1)
        bust(canvas, x + 138, 800, 360, other, -1)
    canvas.gradient((0, 786, WIDTH, 900), "#8d4a1e", "#6f3813")
    for number in range(3):
        x = 290 + number * 510
        canvas.glow((x - 210, 1000, x + 210, 1050), INK, 0.5, 20)
        canvas.rectangle((x - 12, 740, x + 12, 1010), "#2f2013", 6)
        canvas.ellipse((x - 90, 988, x + 90, 1026), "#2f2013")
        canvas.ellipse((x - 220, 716, x + 220, 800), "#c9a77c")
        canvas.ellipse((x - 220, 706, x + 220, 788), "#f3e3c6")
        cup(canvas, x - 96, 752, (TEAL, RUST, AMBER)[number])
        cup(canvas, x + 78, 758, (RUST, TEAL, BRAND)[number])
    return canvas


def region() -> Canvas:
    """A region's industry at sunrise: halls, chimneys, wind wheels and a river."""
    canvas = Canvas("#f6c98f", "#fbeedd")
    canvas.glow((860, 250, 1180, 570), "#fff4d2", 0.9, 70)
    canvas.circle((1020, 410), 92, "#fff0c4")
    for top, colour, start in ((520, "#d9b78f", 0), (570, "#a7b79a", -180), (626, "#7ba293", 120)):
        for number in range(5):
            x = start + number * 420
            canvas.ellipse((x - 340, top, x + 420, top + 520), colour)
    for x, foot, size in ((180, 590, 1.0), (360, 560, 0.72), (1440, 590, 1.1), (1290, 556, 0.7)):
        _wheel(canvas, x, foot, size)
    canvas.gradient((0, 770, WIDTH, HEIGHT), "#4f8a86", "#0e565f")
    for number in range(9):
        y = 800 + number * 29
        canvas.line([(1020 - 40 - number * 22, y), (1020 + 40 + number * 22, y)], "#f5d9a2", 3)
    canvas.gradient((0, 740, WIDTH, 800), "#52765f", "#3f6455")
    _works(canvas, 430, 760, BRAND, DEEP)
    _works(canvas, 900, 768, "#a65a2d", "#83421c")
    for x in (90, 190, 330, 1330, 1420, 1540):
        canvas.circle((x, 716), 44, "#47735a")
        canvas.circle((x + 26, 690), 36, "#5a8768")
        canvas.rectangle((x - 4, 720, x + 6, 776), "#5b4630", 3)
    return canvas


def _wheel(canvas: Canvas, x: float, foot: float, size: float) -> None:
    hub = (x, foot - 250 * size)
    canvas.polygon(
        [(x - 7 * size, foot + 60), (x + 7 * size, foot + 60), (x + 3 * size, hub[1]), (x - 3 * size, hub[1])], PAPER
    )
    for dx, dy in ((18, -118), (94, 76), (-112, 42)):
        canvas.polygon(
            [
                hub,
                (hub[0] + dx * size * 0.4 + dy * size * 0.07, hub[1] + dy * size * 0.4 - dx * size * 0.07),
                (hub[0] + dx * size, hub[1] + dy * size),
            ],
            PAPER,
        )
    canvas.circle(hub, 9 * size, PAPER)


def _works(canvas: Canvas, left: float, floor: float, colour: str, dark: str) -> None:
    for number, height in enumerate((330, 282)):
        x = left + 300 + number * 62
        canvas.polygon([(x, floor), (x + 36, floor), (x + 30, floor - height), (x + 6, floor - height)], "#c9a58a")
        canvas.rectangle((x + 5, floor - height + 26, x + 32, floor - height + 52), RUST)
        for puff in range(4):
            canvas.glow(
                (
                    x + 8 + puff * 34,
                    floor - height - 52 - puff * 30,
                    x + 66 + puff * 56,
                    floor - height - 4 - puff * 24,
                ),
                "#fffaf0",
                0.55 - puff * 0.1,
                14,
            )
    for tooth in range(4):
        x = left + tooth * 74
        canvas.polygon([(x, floor - 110), (x, floor - 186), (x + 74, floor - 110)], dark)
        canvas.polygon([(x + 8, floor - 122), (x + 8, floor - 164), (x + 48, floor - 122)], "#bfe0e2")
    canvas.gradient((left - 16, floor - 112, left + 312, floor), colour, dark)
    canvas.gradient((left + 250, floor - 170, left + 440, floor), "#e8dcc6", "#cdb994", 6)
    for row in range(2):
        for column in range(5):
            x, y = left + 8 + column * 50, floor - 92 + row * 42
            canvas.rectangle((x, y, x + 34, y + 24), AMBER if (row + column) % 3 else "#ffe7b0", 3)
    for row in range(3):
        for column in range(3):
            x, y = left + 270 + column * 56, floor - 150 + row * 46
            canvas.rectangle((x, y, x + 38, y + 28), MIST if (row + column) % 2 else "#f7fbfb", 3)


def evening() -> Canvas:
    """A house in the evening, its windows lit, and people who say goodbye in front of it."""
    canvas = Canvas("#12323f", "#7a6068")
    for x, y in ((140, 90), (320, 180), (520, 70), (1180, 120), (1390, 60), (1500, 220), (880, 50)):
        canvas.circle((x, y), 2.6, "#fdf3d8")
    canvas.glow((1290, 100, 1430, 240), "#fbe9c0", 0.5, 30)
    canvas.circle((1360, 170), 46, "#fbe9c0")
    for x, top in ((-40, 480), (150, 540), (1300, 500), (1450, 430)):
        canvas.gradient((x, top, x + 230, 860), "#1d4650", "#28525a", 6)
    canvas.gradient((330, 250, 1270, 860), "#0d4953", "#0a3a43", 8)
    canvas.rectangle((306, 226, 1294, 262), "#11606b", 6)
    for row in range(4):
        for column in range(9):
            x, y = 374 + column * 97, 296 + row * 112
            lit = (row * 5 + column * 7) % 6 > 1
            canvas.gradient((x, y, x + 66, y + 78), "#ffe2a0" if lit else "#175a64", "#f3b65c" if lit else "#0f4a54", 6)
            canvas.rectangle((x + 31, y, x + 35, y + 78), "#0a3a43")
    canvas.gradient((690, 700, 910, 860), "#ffedc0", "#f7c878", 14)
    canvas.rectangle((796, 700, 804, 860), DEEP)
    canvas.gradient((0, 850, WIDTH, HEIGHT), "#5b4a48", "#2b2a33")
    canvas.beam([(690, 856), (910, 856), (1150, 1067), (450, 1067)], "#ffd991", 0.5, 26)
    people = (
        (560, 985, 300, Look(TEAL, 0, 1, 0, INK), 1),
        (655, 1000, 290, Look(ROSE, 3, 3, 2, INK), -1),
        (985, 1010, 305, Look(AMBER, 1, 0, 1, DEEP), 1),
        (1085, 995, 315, Look(CREAM, 2, 3, 0, INK), -1),
        (1350, 970, 270, Look(MOSS, 4, 4, 3, INK), 0),
    )
    for x, floor, height, look, facing in people:
        standing(canvas, x, floor, height, look, facing)
    for x in (250, 1480):
        canvas.rectangle((x - 6, 560, x + 6, 930), "#1a2a30", 4)
        canvas.glow((x - 110, 470, x + 110, 690), "#ffe2a0", 0.6, 50)
        canvas.circle((x, 560), 26, "#fff0c8")
    return canvas
