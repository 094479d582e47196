"""Two organisations become one: what becomes of their profiles. No text is lost."""

from __future__ import annotations

from plugins.initiatives.models import Profile
from plugins.initiatives.services import queries
from plugins.initiatives.services.content import snapshot
from plugins.initiatives.services.profiles import TYPE
from plugins.initiatives.services.rules import audience_of
from portal.sdk.access import system
from portal.sdk.database import session, utcnow
from portal.sdk.hooks import announce_deleted, announce_saved
from portal.sdk.i18n import gettext as _
from portal.sdk.revisions import delete_revisions, record_revision


def join_organisations(kept: int, gone: int) -> list[str]:
    """Let the profile of ``gone`` be that of ``kept``, with its versions; where both have one, that of ``kept`` stays
    and the other becomes an earlier version of it, so that its texts can be taken from there."""
    theirs = queries.find_of_organisation(system(), gone)
    if theirs is None:
        return []
    mine = queries.find_of_organisation(system(), kept)
    if mine is None:
        theirs.organisation_id = kept
        theirs.audience = audience_of(theirs.state, theirs.reach, kept)
        theirs.changed_at = utcnow()
        session.flush()
        announce_saved(system(), TYPE, theirs.id)
        return [_("The profile moves, with its versions.")]
    _keep_as_version(mine, theirs)
    announce_deleted(system(), TYPE, theirs.id)
    session.delete(theirs)
    session.flush()
    return [_("Both have a profile: the other one is kept as an earlier version of the profile that stays.")]


def _keep_as_version(mine: Profile, theirs: Profile) -> None:
    name, own = theirs.organisation.name, snapshot(mine)
    record_revision(system(), TYPE, mine.id, snapshot(theirs), _("Profile of %(name)s, merged", name=name))
    back = _("As before merging with %(name)s", name=name)
    mine.revision = record_revision(system(), TYPE, mine.id, own, back).number
    delete_revisions(TYPE, [theirs.id])
    session.flush()
