"""The demo's photos, drawn: scenes of a network meeting and of the regions it brings together."""

from __future__ import annotations

import math

from portal.demo.canvas import (
    AMBER,
    BRAND,
    CLAY,
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
    Point,
)
from portal.demo.figures import Look, bust, cup, high_table, lamp, plant, standing
from portal.demo.outline import GERMANY, TOWNS

BRIGHT = (RUST, AMBER, TEAL, ROSE, BRAND, MOSS, CLAY)


def hall() -> Canvas:
    """A bright hall with rows of chairs, a stage and a screen."""
    canvas = Canvas("#fbf7ef", "#efe2cc")
    for x in (60, 250, 1210, 1400):
        canvas.gradient((x, 110, x + 140, 720), "#e9f3f4", "#bcd8dc", 70)
        canvas.beam([(x, 250), (x + 140, 150), (x + 380, 1000), (x + 120, 1060)], "#fffaf0", 0.28, 24)
    canvas.gradient((0, 612, WIDTH, HEIGHT), "#e6d4b4", "#cda97b")
    canvas.rectangle((0, 604, WIDTH, 616), "#d9c6a3")
    canvas.gradient((470, 90, 1130, 560), DEEP, BRAND, 12)
    canvas.shade((470, 560, 1130, 590), INK, 0.25, 20)
    canvas.rectangle((500, 118, 1100, 532), PAPER, 6)
    canvas.rectangle((548, 182, 872, 204), BRAND, 11)
    canvas.rectangle((548, 228, 792, 244), MIST, 8)
    for step, height in enumerate((70, 118, 96, 168)):
        left = 560 + step * 74
        canvas.rectangle((left, 470 - height, left + 46, 470), (MIST, TEAL, AMBER, BRAND)[step], 6)
    for radius, colour in ((82, MIST), (58, TEAL), (32, AMBER)):
        canvas.circle((976, 380), radius, colour)
    canvas.rectangle((300, 640, 1300, 700), "#b98b5d", 8)
    canvas.gradient((300, 640, 1300, 664), "#d8b185", "#c79a6a", 8)
    canvas.shade((280, 700, 1320, 736), INK, 0.3, 22)
    standing(canvas, 1190, 660, 250, Look(RUST, 0, 1, 1, DEEP), -1)
    canvas.rectangle((1048, 520, 1116, 650), DEEP, 6)
    canvas.rectangle((1036, 508, 1128, 530), "#0a4a53", 6)
    plant(canvas, 360, 646, 150)
    for row, (y, size) in enumerate(((770, 0.62), (880, 0.82), (1020, 1.08))):
        _chairs(canvas, y, size, row)
    return canvas


def _chairs(canvas: Canvas, y: float, size: float, row: int) -> None:
    for place in range(-5, 6):
        x = WIDTH / 2 + place * 178 * size + (60 * size if place > 0 else -60 * size) - (0 if place else 9999)
        if not -80 < x < WIDTH + 80:
            continue
        canvas.shade((x - 60 * size, y + 66 * size, x + 60 * size, y + 90 * size), INK, 0.22, 14)
        if (place * 7 + row * 5) % 4 == 1:
            look = Look(BRIGHT[(place + row) % 7], (place + row) % 5, (place * 3 + row) % 5, (place + 2 * row) % 3)
            bust(canvas, x, y + 30 * size, 150 * size, look, 0)
        canvas.gradient((x - 56 * size, y - 40 * size, x + 56 * size, y + 62 * size), TEAL, BRAND, 22 * size)
        canvas.rectangle((x - 44 * size, y - 28 * size, x + 44 * size, y - 16 * size), "#5fa6a8", 6 * size)


def foyer() -> Canvas:
    """Guests in small groups in a foyer with high windows."""
    canvas = Canvas("#f6efe2", "#e9dcc5")
    for number in range(5):
        left = 60 + number * 312
        canvas.gradient((left, 60, left + 232, 700), "#d8ebee", "#f4f0e2", 116)
        _skyline(canvas, left, 232, 560 + number % 3 * 26)
        canvas.rectangle((left + 112, 60, left + 120, 700), PAPER)
        for bar in (250, 430, 590):
            canvas.rectangle((left, bar, left + 232, bar + 7), PAPER)
    canvas.gradient((0, 690, WIDTH, HEIGHT), "#dcc6a2", "#b98f63")
    canvas.rectangle((0, 684, WIDTH, 702), "#cdb58f")
    for number in range(7):
        left = 60 + number * 312
        canvas.beam([(left, 704), (left + 232, 704), (left + 60, 1067), (left - 230, 1067)], "#fff4dc", 0.42, 10)
    plant(canvas, 1520, 800, 300, DEEP)
    plant(canvas, 52, 780, 240, RUST)
    people = (
        (250, 830, 420, Look(BRAND, 0, 1, 0, INK), 1),
        (400, 850, 400, Look(ROSE, 3, 3, 1, DEEP), -1),
        (325, 900, 410, Look(AMBER, 1, 0, 2, INK), 1),
        (1130, 840, 425, Look(MOSS, 2, 3, 0, INK), 1),
        (1290, 850, 405, Look("#f0e6d6", 0, 2, 1, RUST), -1),
        (720, 800, 380, Look(TEAL, 4, 4, 3, INK), 1),
        (850, 808, 365, Look(RUST, 1, 0, 1, INK), -1),
    )
    for x, floor, height, look, facing in sorted(people, key=lambda one: one[1]):
        standing(canvas, x, floor, height, look, facing)
    high_table(canvas, 1210, 985, 240, 250)
    cup(canvas, 1170, 742, RUST)
    cup(canvas, 1246, 740, AMBER)
    return canvas


def _skyline(canvas: Canvas, left: float, width: float, top: float) -> None:
    for number, height in enumerate((60, 110, 40, 85)):
        x = left + 8 + number * (width - 16) / 4
        canvas.rectangle((x, top + 60 - height, x + (width - 16) / 4 - 6, 700), "#b7d2d3", 4)


def map_wall() -> Canvas:
    """A map of Germany on a wall, with coloured pins and threads."""
    canvas = Canvas("#e8f0ef", "#d3e2e2")
    canvas.beam([(0, 0), (520, 0), (1180, 1067), (240, 1067)], "#fffdf4", 0.5, 40)
    canvas.shade((372, 60, 1262, 1042), INK, 0.35, 40, 20)
    canvas.gradient((350, 34, 1250, 1016), "#c79a6a", "#a9794b", 18)
    canvas.gradient((374, 58, 1226, 992), "#f7ecd8", "#efdcbc", 6)
    spots = _smoothed([_place(*corner) for corner in GERMANY])
    canvas.polygon([(x + 8, y + 12) for x, y in spots], "#d3b98e")
    canvas.polygon(spots, BRAND)
    canvas.polygon([(800 + (x - 800) * 0.985, 525 + (y - 525) * 0.985) for x, y in spots], "#136b75")
    pins = [_place(*town) for town in TOWNS]
    hub = _place(13.4, 52.5)
    for number, (x, y) in enumerate(pins):
        if number % 2 == 0:
            middle = ((x + hub[0]) / 2 + 16, (y + hub[1]) / 2 + 26)
            canvas.line([hub, middle, (x, y)], "#f3d9a4", 2.4)
    for number, (x, y) in enumerate(pins):
        canvas.shade((x - 6, y + 4, x + 22, y + 16), INK, 0.5, 7)
        _pin(canvas, x, y, (AMBER, ROSE, CREAM, "#f08a4b", MIST)[number % 5], 13)
    _pin(canvas, *hub, RUST, 19)
    for x, y, colour, tilt in (
        (96, 250, AMBER, 10),
        (140, 560, ROSE, -8),
        (1330, 200, MIST, -12),
        (1370, 520, AMBER, 8),
    ):
        _note(canvas, x, y, 170, colour, tilt)
    return canvas


def _place(longitude: float, latitude: float) -> Point:
    return 800 + (longitude - 10.45) * 69, 525 - (latitude - 51.15) * 112


def _smoothed(points: list[Point], rounds: int = 2) -> list[Point]:
    """Corners cut off (Chaikin's algorithm), so that a coarse outline looks drawn by hand."""
    for _ in range(rounds):
        pairs = zip(points, points[1:] + points[:1], strict=True)
        points = [
            (a[0] * share + b[0] * (1 - share), a[1] * share + b[1] * (1 - share))
            for a, b in pairs
            for share in (0.78, 0.22)
        ]
    return points


def _pin(canvas: Canvas, x: float, y: float, colour: str, radius: float) -> None:
    canvas.line([(x, y), (x + radius * 0.5, y - radius * 1.5)], "#f4f1ea", 3)
    canvas.circle((x + radius * 0.6, y - radius * 1.8), radius, colour)
    canvas.circle((x + radius * 0.3, y - radius * 2.15), radius * 0.3, "#fffaf0")


def _note(canvas: Canvas, x: float, y: float, size: float, colour: str, tilt: float) -> None:
    canvas.shade((x + 6, y + 12, x + size + 8, y + size + 14), INK, 0.28, 12)
    canvas.polygon([(x, y + tilt), (x + size, y), (x + size - tilt, y + size), (x - tilt / 2, y + size + tilt)], colour)
    for line in range(3):
        top = y + size * (0.3 + line * 0.2)
        width = size * (0.66 if line < 2 else 0.38)
        canvas.line([(x + size * 0.16, top), (x + size * 0.16 + width, top - tilt * 0.4)], "#8a7a5c", 5)


def lab() -> Canvas:
    """People in front of pinboards full of coloured cards."""
    canvas = Canvas("#fbf6ec", "#f0e3cd")
    canvas.gradient((0, 760, WIDTH, HEIGHT), "#d9c3a0", "#bb946a")
    canvas.rectangle((0, 752, WIDTH, 768), "#cbb187")
    for number, left in enumerate((110, 610, 1110)):
        canvas.shade((left + 16, 170, left + 416, 790), INK, 0.25, 26)
        for leg in (left + 30, left + 356):
            canvas.rectangle((leg, 640, leg + 14, 860), "#8f9a9a", 4)
        canvas.rectangle((left, 140, left + 400, 720), "#7d6548", 10)
        canvas.gradient((left + 14, 154, left + 386, 706), "#efe3cc", "#e4d3b4", 4)
        canvas.rectangle((left + 60, 176, left + 340, 226), (BRAND, RUST, "#4f7d5c")[number], 25)
        canvas.rectangle((left + 110, 194, left + 290, 208), PAPER, 7)
        _cards(canvas, left + 40, 256, number)
    people = (
        (330, 930, 520, Look(TEAL, 0, 1, 1, INK), 0),
        (560, 960, 540, Look(CREAM, 2, 3, 0, DEEP), 1),
        (880, 940, 505, Look(AMBER, 1, 0, 2, INK), 0),
        (1060, 975, 550, Look(BRAND, 3, 3, 0, INK), -1),
        (1390, 940, 515, Look(ROSE, 4, 2, 1, DEEP), 0),
    )
    for x, floor, height, look, facing in people:
        standing(canvas, x, floor, height, look, facing)
    lamp(canvas, 310, 40, 60)
    lamp(canvas, 810, 56, 60, RUST)
    lamp(canvas, 1310, 40, 60)
    plant(canvas, 1540, 1010, 250, PAPER)
    return canvas


def _cards(canvas: Canvas, left: float, top: float, board: int) -> None:
    for row in range(4):
        for column in range(3):
            if (row * 3 + column + board) % 7 == 6:
                continue
            x, y = left + column * 112 + (row % 2) * 6, top + row * 108 + (column % 2) * 8
            canvas.shade((x + 3, y + 5, x + 99, y + 83), INK, 0.16, 6)
            canvas.rectangle(
                (x, y, x + 94, y + 76), ("#fdf3c9", MIST, "#f3cdbd", PAPER)[(row + column * 2 + board) % 4], 5
            )
            canvas.rectangle((x + 12, y + 20, x + 78, y + 27), "#8a9a99", 3)
            canvas.rectangle((x + 12, y + 38, x + 58, y + 45), "#a9b5b2", 3)
            for dot in range((row + column + board) % 4):
                canvas.circle((x + 18 + dot * 17, y + 62), 6, RUST)


def hands() -> Canvas:
    """Coloured gears that mesh on a table, among what else is in the box of experiments."""
    canvas = Canvas("#e9d3ad", "#d4b183")
    for plank in range(6):
        canvas.rectangle((0, plank * 190 - 4, WIDTH, plank * 190), "#c29c6b")
        canvas.line(
            [(plank * 260 % 1400, plank * 190 + 70), (plank * 260 % 1400 + 420, plank * 190 + 78)], "#caa676", 3
        )
    canvas.glow((260, 180, 1400, 960), "#fff3d6", 0.45, 120)
    gears = (
        (560, 470, 190, 20, BRAND),
        (873, 640, 133, 14, AMBER),
        (1010, 352, 152, 16, RUST),
        (1250, 560, 130, 14, TEAL),
        (360, 770, 113, 12, ROSE),
    )
    for x, y, radius, teeth, colour in gears:
        _gear(canvas, x, y, radius, teeth, colour)
    _note(canvas, 1260, 790, 190, "#fdf3c9", 12)
    canvas.shade((86, 140, 300, 330), INK, 0.3, 16, 20)
    canvas.rectangle((70, 110, 290, 310), DEEP, 22)
    for dot in range(6):
        canvas.circle((128 + dot % 3 * 52, 176 + dot // 3 * 66), 19, (AMBER, MIST, ROSE)[dot % 3])
    canvas.shade((640, 936, 1080, 980), INK, 0.25, 12)
    canvas.polygon([(630, 930), (1060, 900), (1064, 934), (634, 966)], AMBER)
    canvas.polygon([(630, 930), (634, 966), (590, 950)], CREAM)
    canvas.rectangle((1058, 896, 1086, 936), ROSE, 8)
    for x, y in ((1430, 150), (1480, 210), (1400, 230)):
        canvas.shade((x - 20, y - 8, x + 30, y + 34), INK, 0.3, 8)
        canvas.polygon([(x + 28 * math.cos(a), y + 28 * math.sin(a)) for a in _turn(6)], "#9aa5a6")
        canvas.circle((x, y), 13, "#d9bd92")
    return canvas


def _gear(canvas: Canvas, x: float, y: float, radius: float, teeth: int, colour: str) -> None:
    canvas.glow((x - radius * 0.98, y - radius * 0.86, x + radius * 1.12, y + radius * 1.2), INK, 0.42, 18)
    for offset, tone in ((9, DEEP if colour == BRAND else "#7a5330"), (0, colour)):
        points = []
        for step in range(teeth * 4):
            angle = math.tau * (step + 0.5) / (teeth * 4)
            reach = radius * (1.09 if step % 4 in (0, 1) else 0.92)
            points.append((x + reach * math.cos(angle), y + offset + reach * math.sin(angle)))
        canvas.polygon(points, tone)
    canvas.circle((x, y), radius * 0.74, "#f5ead6")
    canvas.circle((x, y), radius * 0.68, colour)
    for angle in _turn(5):
        canvas.circle(
            (x + radius * 0.43 * math.cos(angle), y + radius * 0.43 * math.sin(angle)), radius * 0.14, "#e4cba1"
        )
    canvas.circle((x, y), radius * 0.17, CREAM)
    canvas.circle((x, y), radius * 0.08, INK)


def _turn(parts: int) -> list[float]:
    return [math.tau * part / parts for part in range(parts)]
