"""New organisations, and changes to what is known of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.audit.services.queries import find_last_change
from portal.audit.services.recording import record
from portal.errors import Archived, Conflict, Invalid, NotFound
from portal.extensions import db
from portal.members.naming import fold
from portal.organisations.models import KINDS, Organisation
from portal.organisations.services.slugs import free_slug, move_address, present_slug
from portal.permissions.actor import Actor, require
from portal.plugin_host.announcements import announce_saved
from portal.topics.laender import LAENDER

MAX_NAME, MAX_SHORT, MAX_TOWN = 200, 60, 120


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
    organisation = Organisation(slug=free_slug(data.name), sort_name=_sort_name(data), **vars(data))
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
    """Change an organisation that was seen in ``version``. With another name it moves to an address that fits it.

    Raises Forbidden without ``organisations.manage``, Archived, NotFound, Invalid, Conflict (who changed it meanwhile,
    when)."""
    organisation = lock_organisation(member, slug, version)
    check_open(organisation)
    data = _checked(data)
    is_renamed = _sort_name(data) != organisation.sort_name
    if is_renamed:
        check_name_is_free(data.name)
    before = {field: getattr(organisation, field) for field in (*vars(data), "slug")}
    for field, value in vars(data).items():
        setattr(organisation, field, value)
    organisation.sort_name = _sort_name(data)
    db.session.flush()
    if is_renamed:
        move_address(organisation)
    _record_change(member, organisation, before)
    return organisation


def lock_organisation(member: Actor, slug: str, version: int) -> Organisation:
    """The organisation for a change, locked until the unit of work ends.

    Raises Forbidden without ``organisations.manage``, NotFound, Conflict unless it still is as in ``version``."""
    require(member, "organisations.manage")
    wanted = select(Organisation).where(Organisation.slug.in_(present_slug(slug))).with_for_update()
    organisation = db.session.scalar(wanted.execution_options(populate_existing=True))
    if organisation is None:
        raise NotFound
    if organisation.version != version:
        who_and_when = find_last_change("organisation", organisation.id, "d")
        raise Conflict("Somebody else changed this organisation while you were editing.", **who_and_when)
    return organisation


def check_open(organisation: Organisation) -> None:
    """Let pass what concerns an organisation that is not archived. Raises Archived otherwise."""
    if organisation.is_archived:
        raise Archived("%(organisation)s is archived: it can be read, but not changed.", organisation=organisation.name)


def _record_change(member: Actor, organisation: Organisation, before: dict[str, str]) -> None:
    after = {field: getattr(organisation, field) for field in before}
    changed = [field for field in before if before[field] != after[field]]
    if not changed:
        return
    details = {name: {field: kept[field] for field in changed} for name, kept in (("before", before), ("after", after))}
    record(member, "organisation.updated", "organisation", organisation.id, {"name": organisation.name, **details})
    announce_saved(member, "organisations.organisation", organisation.id)


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
