"""The directory as cards and as a map, both with the same filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flask import render_template, request
from flask_login import current_user

from plugins.initiatives.geography.germany import OUTLINES
from plugins.initiatives.geography.picture import draw
from plugins.initiatives.services.queries import (
    Filters,
    Pin,
    count_by_land,
    list_pins,
    list_profiles,
    list_without_profile,
)
from plugins.initiatives.views.blueprint import blueprint
from portal.sdk.access import PUBLIC, access
from portal.sdk.i18n import per_language
from portal.sdk.network import KIND_TITLES, LAENDER, fold

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@blueprint.get("/")
@access(PUBLIC)
def directory() -> str:
    """The initiatives as cards, by name."""
    filters = filters_of_request()
    page = list_profiles(current_user, filters, request.args.get("after", ""))
    can_create = bool(current_user.is_authenticated and list_without_profile(current_user))
    return render_template("initiatives/directory.html", page=page, can_create=can_create, **_frame(filters))


@blueprint.get("/map")
@access(PUBLIC)
def directory_map() -> str:
    """The initiatives on the map of Germany, with an equal list beside it."""
    filters = filters_of_request()
    pins = list_pins(current_user, filters)
    picture = draw(pins, count_by_land(current_user, filters), filters.land)
    return render_template(
        "initiatives/directory_map.html",
        pins=pins,
        groups=_by_land(pins),
        picture=picture,
        outlines=OUTLINES,
        licence=LICENCE,
        **_frame(filters),
    )


def filters_of_request() -> Filters:
    """The filters that the address names."""
    return Filters.of(*(request.args.get(name, "") for name in ("land", "kind", "q")))


def _by_land(pins: Sequence[Pin]) -> list[tuple[str, list[Pin]]]:
    """The pins by their seat's Land, the Länder by their names in the reader's language."""
    groups: dict[str, list[Pin]] = defaultdict(list)
    for pin in pins:
        groups[pin.land].append(pin)
    return sorted(groups.items(), key=lambda group: (not group[0], fold(str(LAENDER.get(group[0], "")))))


def _frame(filters: Filters) -> dict[str, object]:
    return {"filters": filters, "laender": _laender(), "kinds": _kinds()}


@per_language
def _laender() -> dict[str, str]:
    return {code: str(title) for code, title in LAENDER.items()}


@per_language
def _kinds() -> dict[str, str]:
    return {name: str(title) for name, title in KIND_TITLES.items()}
