"""Organisations whose time is over: out of lists and choices, still to be read, and brought back if need be."""

from __future__ import annotations

from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import Invalid
from portal.extensions import db
from portal.organisations.models import Organisation
from portal.organisations.services.creating import lock_organisation
from portal.organisations.signals import organisation_archived
from portal.permissions.actor import Actor
from portal.plugin_host.announcements import announce_archived, announce_restored, announce_saved


def archive_organisation(member: Actor, slug: str, version: int) -> Organisation:
    """Take an organisation out of lists and choices. Its people keep their accounts; open invitations become void.

    Raises Forbidden without ``organisations.manage``, NotFound, Conflict, Invalid if it is archived already."""
    organisation = lock_organisation(member, slug, version)
    if organisation.is_archived:
        raise Invalid("This organisation is archived already.")
    organisation.archived_at = utcnow()
    db.session.flush()
    organisation_archived.send(organisation_id=organisation.id)
    record(member, "organisation.archived", "organisation", organisation.id, {"name": organisation.name})
    announce_archived(member, organisation.id)
    announce_saved(member, "organisations.organisation", organisation.id)
    return organisation


def restore_organisation(member: Actor, slug: str, version: int) -> Organisation:
    """Bring an archived organisation back, as it was.

    Raises Forbidden without ``organisations.manage``, NotFound, Conflict, Invalid if it is not archived."""
    organisation = lock_organisation(member, slug, version)
    if not organisation.is_archived:
        raise Invalid("This organisation is not archived.")
    organisation.archived_at = None
    db.session.flush()
    record(member, "organisation.restored", "organisation", organisation.id, {"name": organisation.name})
    announce_restored(member, organisation.id)
    announce_saved(member, "organisations.organisation", organisation.id)
    return organisation
