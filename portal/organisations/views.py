"""The page of an organisation."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from portal.organisations.kinds import TITLES
from portal.organisations.services import queries
from portal.permissions.actor import PUBLIC
from portal.topics.laender import LAENDER
from portal.web.access import access

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/organisations/<slug>")
@access(PUBLIC)
def organisation_show(slug: str) -> str:
    """What an organisation is, who belongs to it (for members), and what plugins know of it."""
    organisation = queries.get_organisation(slug)
    people = queries.list_people(current_user, organisation.id)
    return render_template(
        "portal/organisations/organisation_show.html",
        organisation=organisation,
        people=people,
        kind=TITLES.get(organisation.kind, ""),
        land=LAENDER.get(organisation.land, ""),
    )
