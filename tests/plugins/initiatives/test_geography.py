from __future__ import annotations

import pytest

from plugins.initiatives.geography.gazetteer import find_places, fold_name, list_places, locate
from plugins.initiatives.geography.germany import WHOLE, land_shapes, view_of
from plugins.initiatives.geography.picture import NEAR, draw
from plugins.initiatives.geography.projection import project
from plugins.initiatives.services.queries import Pin
from portal.sdk.network import LAENDER
from tests.plugins.initiatives.outlines import land_at, read_sprite

TOWNS = (
    *(("Stuttgart", "BW"), ("München", "BY"), ("Berlin", "BE"), ("Potsdam", "BB"), ("Bremen", "HB")),
    *(("Hamburg", "HH"), ("Wiesbaden", "HE"), ("Schwerin", "MV"), ("Göttingen", "NI"), ("Köln", "NW")),
    *(("Mainz", "RP"), ("Saarbrücken", "SL"), ("Dresden", "SN"), ("Magdeburg", "ST"), ("Kiel", "SH")),
    *(("Erfurt", "TH"), ("Flensburg", "SH"), ("Passau", "BY"), ("Görlitz", "SN"), ("Aachen", "NW")),
)


def pin(slug: str, latitude: float | None, longitude: float | None) -> Pin:
    return Pin(1, slug, slug, "NI", "", latitude, longitude)


def test_outlines_and_places_exist_for_every_land() -> None:
    assert read_sprite().keys() == land_shapes().keys() == LAENDER.keys()


@pytest.mark.parametrize(("town", "land"), TOWNS)
def test_project_puts_known_towns_into_their_land(town: str, land: str) -> None:
    place = locate(town, land)
    assert place is not None
    assert land in land_at(project(place.latitude, place.longitude))


def test_project_puts_nearly_all_places_into_their_land() -> None:
    places = list_places()[::50]
    wrong = [place for place in places if place.land not in land_at(project(place.latitude, place.longitude))]
    assert len(places) > 150
    assert len(wrong) <= 1


@pytest.mark.parametrize("spelling", ["Göttingen", "GÖTTINGEN", "Goettingen", " göttingen "])
def test_locate_knows_every_spelling(spelling: str) -> None:
    place = locate(spelling)
    assert place is not None and place.name == "Göttingen"


def test_locate_completes_names() -> None:
    found = [locate("Frankfurt", "HE"), locate("Frankfurt", "BB"), locate("Weiden in der Oberpfalz", "BY")]
    assert [place and place.name for place in found] == ["Frankfurt am Main", "Frankfurt (Oder)", "Weiden"]


def test_locate_does_not_guess_among_homonyms() -> None:
    assert len(find_places("Neustadt")) > 1
    assert locate("Neustadt") is None
    assert locate("Atlantis") is None


def test_fold_name_ignores_marks() -> None:
    assert fold_name("Höhr-Grenzhausen") == "hoehr grenzhausen"


def test_draw_shades_by_number() -> None:
    shades = {land.code: land.shade for land in draw([], {"NI": 8, "BY": 2, "HE": 0}).laender}
    assert (shades["NI"], shades["BY"], shades["HE"]) == (4, 1, 0)


def test_draw_leaves_out_what_has_no_place() -> None:
    assert draw([pin("lost", None, None)], {}).pins == []


def test_draw_moves_pins_apart_that_stand_together() -> None:
    first, second = draw([pin("a", 51.53, 9.93), pin("b", 51.53, 9.93)], {}).pins
    assert abs(first.x - second.x) + abs(first.y - second.y) >= NEAR


def test_view_of_comes_closer_for_a_land() -> None:
    assert view_of("") == view_of("XX") == WHOLE
    assert view_of("SL")[2] < WHOLE[2] / 4
