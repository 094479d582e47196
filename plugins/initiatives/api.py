"""Initiatives for other programs, such as the network's public website: what a page shows, without contact details."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_login import current_user
from marshmallow import Schema, fields, validate

from plugins.initiatives.models import Profile
from plugins.initiatives.services.queries import Filters, get_profile, list_profiles
from portal.sdk.access import PUBLIC, access
from portal.sdk.api import ApiBlueprint

api = ApiBlueprint("initiatives", __name__, "Profiles of the network's initiatives")


def _said(text: str) -> dict[str, str]:
    return {"description": text}


class Asked(Schema):
    """What of the directory is asked for."""

    q = fields.String(load_default="", validate=validate.Length(max=100), metadata=_said("Words of the name"))
    land = fields.String(load_default="", metadata=_said("A Land's code, such as BW"))
    kind = fields.String(load_default="", metadata=_said("A kind of organisation, such as transformation_network"))
    after = fields.String(load_default="", metadata=_said("From “next” of the page before"))


class InBrief(Schema):
    """An initiative in a list."""

    slug = fields.String(attribute="organisation.slug")
    name = fields.String(attribute="organisation.name")
    short_name = fields.String(attribute="organisation.short_name")
    kind = fields.String(attribute="organisation.kind")
    land = fields.String(attribute="organisation.land", metadata=_said("Where its seat is: a Land's code"))
    town = fields.Function(lambda profile: profile.town or profile.organisation.town, metadata={"type": "string"})
    claim = fields.String()
    summary = fields.String()
    topics = fields.Pluck("Named", "title", many=True)
    url = fields.Function(lambda profile: _page_of(profile), metadata={"type": "string", **_said("Its page here")})


class Named(Schema):
    """A topic of the shared list."""

    title = fields.String()


class InFull(InBrief):
    """An initiative with all that its page tells."""

    text = fields.String(metadata=_said("Markdown"))
    laender = fields.List(fields.String(), metadata=_said("Where it works: codes of Länder"))
    founded = fields.Integer(allow_none=True, metadata=_said("The year"))
    goals = fields.List(fields.String())
    offers = fields.List(fields.String())
    needs = fields.List(fields.String())
    projects = fields.String(metadata=_said("Markdown"))
    latitude = fields.Float(allow_none=True)
    longitude = fields.Float(allow_none=True)
    changed_at = fields.DateTime()


class Listed(Schema):
    """A page of the directory; ``next`` is null on the last one."""

    items = fields.List(fields.Nested(InBrief))
    next = fields.String(allow_none=True, metadata=_said("The address of the next page"))


def _page_of(profile: Profile) -> str:
    return url_for("initiatives.profile_show", slug=profile.organisation.slug, _external=True)


@api.route("/")
@access(PUBLIC, cache="public", rate="search")
@api.arguments(Asked, location="query")
@api.response(200, Listed)
def profile_list(asked: dict[str, str]) -> dict[str, Any]:
    """The initiatives that the asker may read, by name"""
    filters = Filters.of(asked["land"], asked["kind"], asked["q"])
    page = list_profiles(current_user, filters, asked["after"])
    more = page.next_key and url_for(
        "initiatives.api.profile_list", **filters.chosen, after=page.next_key, _external=True
    )
    return {"items": page.items, "next": more}


@api.route("/<slug>")
@access(PUBLIC, cache="public")
@api.response(200, InFull)
def profile_show(slug: str) -> Profile:
    """One initiative"""
    return get_profile(current_user, slug)
