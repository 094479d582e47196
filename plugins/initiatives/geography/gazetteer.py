"""From a town's name to its position, by a list of 7,650 German places (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Place:
    """A town with its Land and position in degrees (WGS 84)."""

    name: str
    land: str
    latitude: float
    longitude: float


def fold_name(name: str) -> str:
    """A name as it is compared: small letters, umlauts as two letters, accents and punctuation gone."""
    spelled = unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def find_places(town: str, land: str = "") -> list[Place]:
    """The places of that name, those of ``land`` only if it has one.

    A shorter name finds the longer ones where it is nobody's own: "Frankfurt" finds "Frankfurt am Main"."""
    name = fold_name(town)
    if not name:
        return []
    found = _narrowed(_by_name().get(name, []), land)
    if not found or (land and found[0].land != land):
        longer = [place for key, places in _by_name().items() if key.startswith(name + " ") for place in places]
        found = _narrowed([*found, *longer], land)
    return found


def locate(town: str, land: str = "") -> Place | None:
    """The one place of that name, None when there is none or when several could be meant."""
    found = find_places(town, land)
    return found[0] if len(found) == 1 else None


def _narrowed(places: list[Place], land: str) -> list[Place]:
    return [place for place in places if place.land == land] or places


@cache
def _by_name() -> dict[str, list[Place]]:
    places: dict[str, list[Place]] = defaultdict(list)
    lines = (Path(__file__).parent / "data" / "towns.tsv").read_text(encoding="utf-8").splitlines()
    for name, land, latitude, longitude in (line.split("\t") for line in lines):
        places[fold_name(name)].append(Place(name, land, float(latitude), float(longitude)))
    return dict(places)
