"""New organisations, and changes to what is known of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.audit.services.queries import find_last_change
from portal.audit.services.recording import record
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.members.naming import fold
from portal.organisations.models import KINDS, Organisation
from portal.permissions.actor import Actor, require
from portal.plugin_host.announcements import announce_saved
from portal.topics.laender import LAENDER
from portal.web.slugs import slug_of

MAX_NAME, MAX_SHORT, MAX_TOWN, MAX_SLUG = 200, 60, 120, 100


@dataclass(frozen=True)
class OrganisationData:
    """What is known of an organisation."""

    name: str
    short_name: str = ""
    kind: str = "initiative"
    land: str = ""
    town: str = ""


def create_organisation(member: Actor, data: OrganisationData) -> Organisation:
    """Create an organisation; its address comes from its name.

    Raises Forbidden without ``organisations.manage``, Invalid."""
    require(member, "organisations.manage")
    data = _checked(data)
    check_name_is_free(data.name)
    organisation = Organisation(slug=_free_slug(data.name), sort_name=_sort_name(data), **vars(data))
    try:
        with db.session.begin_nested():
            db.session.add(organisation)
    except IntegrityError:
        check_name_is_free(data.name)  # somebody else created it at the same moment
        raise
    record(member, "organisation.created", "organisation", organisation.id, {"name": organisation.name})
    announce_saved(member, "organisations.organisation", organisation.id)
    return organisation


def update_organisation(member: Actor, slug: str, data: OrganisationData, version: int) -> Organisation:
    """Change an organisation that the editor saw in ``version``; its address stays.

    Raises Forbidden without ``organisations.manage``, NotFound, Invalid, Conflict (who changed it meanwhile, when)."""
    require(member, "organisations.manage")
    organisation = db.session.scalar(select(Organisation).where(Organisation.slug == slug).with_for_update())
    if organisation is None:
        raise NotFound
    if organisation.version != version:
        who_and_when = find_last_change("organisation", organisation.id)
        raise Conflict("Somebody else changed this organisation while you were editing.", **who_and_when)
    data = _checked(data)
    if _sort_name(data) != organisation.sort_name:
        check_name_is_free(data.name)
    changed = [field for field, value in vars(data).items() if getattr(organisation, field) != value]
    for field in changed:
        setattr(organisation, field, getattr(data, field))
    organisation.sort_name = _sort_name(data)
    if changed:
        db.session.flush()
        details = {"name": organisation.name, "fields": changed}
        record(member, "organisation.updated", "organisation", organisation.id, details)
        announce_saved(member, "organisations.organisation", organisation.id)
    return organisation


def check_name_is_free(name: str) -> None:
    """Raises Invalid, with the ``slug`` of the one it found, if an organisation has this name already."""
    namesakes = select(Organisation.slug).where(Organisation.sort_name == fold(name)[:MAX_NAME])
    if found := db.session.scalar(namesakes.order_by(Organisation.id).limit(1)):
        raise Invalid("An organisation of this name exists already.", "name", slug=found)


def _sort_name(data: OrganisationData) -> str:
    return fold(data.name)[:MAX_NAME]


def _checked(data: OrganisationData) -> OrganisationData:
    cleaned = OrganisationData(**{field: " ".join(value.split()) for field, value in vars(data).items()})
    if not cleaned.name or len(cleaned.name) > MAX_NAME:
        raise Invalid("Please give a name of at most 200 characters.", "name")
    if len(cleaned.short_name) > MAX_SHORT:
        raise Invalid("Please use at most 60 characters.", "short_name")
    if len(cleaned.town) > MAX_TOWN:
        raise Invalid("Please use at most 120 characters.", "town")
    if cleaned.kind not in KINDS:
        raise Invalid("Please choose one of the kinds.", "kind")
    if cleaned.land and cleaned.land not in LAENDER:
        raise Invalid("Please choose one of the Länder.", "land")
    return cleaned


def _free_slug(name: str) -> str:
    base = slug_of(name, MAX_SLUG) or "organisation"
    taken = set(
        db.session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(base, autoescape=True)))
    )
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
