"""From a town's name to its position, by a list of 7,650 German places (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LINK = re.compile(r" (?:a|am|an|auf|bei|i|im|in|ob|vor|unter|zu)(?: |$)")


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

    A shorter name finds longer ones ("Frankfurt" finds "Frankfurt am Main") and a longer name the bare one ("Weiden in
    der Oberpfalz" finds "Weiden") where no place is called just so."""
    name = fold_name(town)
    exact = _by_name().get(name, [])
    if not name or any(place.land == land for place in exact) or (exact and not land):
        return _narrowed(exact, land)
    longer = [place for key, places in _by_name().items() if key.startswith(name + " ") for place in places]
    bare = _by_name().get(_LINK.split(name)[0], []) if not longer else []
    return _narrowed([*exact, *longer, *bare], land)


def locate(town: str, land: str = "") -> Place | None:
    """The one place of that name, None when there is none or when several could be meant."""
    found = find_places(town, land)
    return found[0] if len(found) == 1 else None


def _narrowed(places: list[Place], land: str) -> list[Place]:
    return [place for place in places if place.land == land] or places


@cache
def list_places() -> list[Place]:
    """Every place of the list, by name."""
    lines = (Path(__file__).parent / "data" / "towns.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [Place(name, land, float(latitude), float(longitude)) for name, land, latitude, longitude in rows]


@cache
def _by_name() -> dict[str, list[Place]]:
    places: dict[str, list[Place]] = defaultdict(list)
    for place in list_places():
        places[fold_name(place.name)].append(place)
    return dict(places)
