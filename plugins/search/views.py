"""The one search page; it works without scripts, and its address says everything."""

from __future__ import annotations

from typing import cast

from flask import render_template, request, url_for
from flask_login import current_user

from plugins.search.index import Order
from plugins.search.query import MAX_LENGTH
from plugins.search.services import searching
from plugins.search.services.searching import Results
from plugins.search.services.the_index import find_index
from portal.sdk.access import PUBLIC, Actor, access
from portal.sdk.web import PortalBlueprint

blueprint = PortalBlueprint("search", __name__)


@blueprint.get("/")
@access(PUBLIC, rate="search")
def search_index() -> str:
    """Shows what was found, by kind, with the words marked."""
    text = request.args.get("q", "")[:MAX_LENGTH].strip()
    types = request.args.getlist("type")
    order: Order = "date" if request.args.get("sort") == "date" else "relevance"
    page = request.args.get("page", 1, type=int)
    found = searching.search(cast(Actor, current_user), find_index(), text, types, order, page)
    return render_template(
        "search/search_index.html", text=text, order=order, found=found, address=_addresses(text, order, found)
    )


def _addresses(text: str, order: Order, found: Results) -> dict[str, str]:
    """Where the links of the page lead: another kind, another order, another page, with all the rest kept."""
    chosen = sorted(found.query.types)

    def address(**changed: object) -> str:
        parts = {"q": text, "type": chosen, "sort": None if order == "relevance" else order, **changed}
        return url_for("search.search_index", **parts)  # type: ignore[arg-type]

    links = {f"type:{name}": address(type=[name]) for name in found.types}
    return links | {
        "all": address(type=[]),
        "relevance": address(sort=None),
        "date": address(sort="date"),
        "next": address(page=found.page + 1) if found.has_more else "",
        "previous": address(page=found.page - 1) if found.page > 1 else "",
    }
