"""The one search page; it works without scripts, and its address says everything."""

from __future__ import annotations

from typing import cast

from flask import render_template, request, url_for
from flask_login import current_user

from plugins.search.filters import list_filters
from plugins.search.index import FACETS, Order
from plugins.search.query import MAX_LENGTH
from plugins.search.services import searching
from plugins.search.services.searching import Results
from plugins.search.services.the_index import find_index
from portal.sdk.access import PUBLIC, Actor, access
from portal.sdk.web import PortalBlueprint

MAX_VALUE = 200

blueprint = PortalBlueprint("search", __name__)


@blueprint.get("/")
@access(PUBLIC, rate="search")
def search_index() -> str:
    """Shows what was found, by kind, with the words marked."""
    text = request.args.get("q", "")[:MAX_LENGTH].strip()
    types = request.args.getlist("type")
    facets = {name: request.args.get(name, "")[:MAX_VALUE] for name in FACETS}
    order: Order = "date" if request.args.get("sort") == "date" else "relevance"
    page = request.args.get("page", 1, type=int)
    found = searching.search(cast(Actor, current_user), find_index(), text, types, facets, order, page)
    return render_template(
        "search/search_index.html",
        text=text,
        order=order,
        found=found,
        address=_addresses(text, order, found),
        filters=list_filters(found),
    )


def _addresses(text: str, order: Order, found: Results) -> dict[str, str]:
    """Where the links of the page lead: another kind, another order, another page, with all the rest kept."""
    chosen = sorted(found.query.types)

    def address(**changed: object) -> str:
        sort = None if order == "relevance" else order
        return url_for("search.search_index", **{"q": text, "type": chosen, **found.chosen, "sort": sort, **changed})  # type: ignore[arg-type]

    links = {f"type:{name}": address(type=[name]) for name in found.types}
    links |= {f"without:{name}": address(**{name: None}) for name in found.chosen}
    return links | {
        "all": address(type=[]),
        "unfiltered": address(**dict.fromkeys(found.chosen)),
        "relevance": address(sort=None),
        "date": address(sort="date"),
        "next": address(page=found.page + 1) if found.has_more else "",
        "previous": address(page=found.page - 1) if found.page > 1 else "",
    }
