"""Making and changing profiles. Each saved change of the content is a revision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from plugins.initiatives.models import Profile
from plugins.initiatives.services import queries
from plugins.initiatives.services.content import EMPTY, apply_content, snapshot
from plugins.initiatives.services.merging import merge
from plugins.initiatives.services.rules import audience_of, can_edit, require_edit
from plugins.initiatives.services.telling import tell_changed
from portal.sdk.access import Actor, system
from portal.sdk.audit import record
from portal.sdk.database import session, utcnow
from portal.sdk.errors import Conflict, Invalid, NotFound
from portal.sdk.hooks import announce_saved
from portal.sdk.network import Organisation, check_open
from portal.sdk.revisions import find_latest, get_revision, record_revision

TYPE = "initiatives.profile"


@dataclass(frozen=True)
class Edit:
    """What an editor wrote: all ``values``, begun at revision ``start``; ``taken`` names the fields in which they chose
    the text of that revision over their own."""

    values: dict[str, Any]
    start: int
    comment: str = ""
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Saved:
    """A saved profile; ``is_merged`` when somebody else's changes to other fields were joined in."""

    profile: Profile
    is_merged: bool = False


def create_profile(member: Actor, organisation_id: int, values: dict[str, Any] | None = None) -> Profile:
    """Begin the profile of an organisation that has none, as a draft. Raises NotFound, Invalid."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is None or not can_edit(member, organisation_id):
        raise NotFound
    check_open(organisation)
    if queries.find_of_organisation(system(), organisation_id):
        raise Invalid("This organisation has a profile already.", "organisation_id")
    profile = Profile(
        organisation=organisation,
        state="draft",
        audience=audience_of("draft", "public", organisation_id),
        changed_by_id=member.id,
    )
    session.add(profile)
    session.flush()
    _write(member, profile, {**EMPTY, "town": organisation.town, **(values or {})}, "")
    record(member, "initiatives.profile_created", TYPE, profile.id, {"name": organisation.name})
    return profile


def update_profile(member: Actor, slug: str, edit: Edit) -> Saved:
    """Save what an editor wrote. Raises NotFound, Forbidden, Invalid; Conflict when somebody else changed the same
    fields since: its details are ``theirs``, ``mine``, ``clashes`` and the ``latest`` revision."""
    profile = get_editable(member, slug)
    is_merged = edit.start != profile.revision
    _write(member, profile, _merged(profile, edit), edit.comment)
    return Saved(profile, is_merged)


def _merged(profile: Profile, edit: Edit) -> dict[str, Any]:
    theirs = snapshot(profile)
    base = _data_of(profile, edit.start)
    mine = {**edit.values, **{name: base[name] for name in edit.taken if name in base}}
    joined = merge(base, mine, theirs)
    if joined.clashes:
        raise Conflict(
            "Somebody else changed this meanwhile.",
            theirs=theirs,
            mine=joined.values,
            clashes=joined.clashes,
            latest=find_latest(TYPE, profile.id),
        )
    return joined.values


def _data_of(profile: Profile, number: int) -> dict[str, Any]:
    """Nothing for a number that never was: every field that differs then clashes, and none is overwritten unseen."""
    try:
        return get_revision(TYPE, profile.id, number).data
    except NotFound:
        return {}


def restore_revision(member: Actor, slug: str, number: int, comment: str = "") -> Profile:
    """Bring the content of an earlier revision back, as a new one; who may read it stays as it is now.

    Raises NotFound, Forbidden, Invalid."""
    profile = get_editable(member, slug)
    data = get_revision(TYPE, profile.id, number).data
    reach_now = {name: getattr(profile, name) for name in ("reach", "contact_reach")}
    _write(member, profile, {**EMPTY, **data, **reach_now}, comment)
    return profile


def publish_profile(member: Actor, slug: str) -> Profile:
    """Show the profile to those it is meant for. Raises NotFound, Forbidden, and Invalid when it says nothing yet."""
    profile = get_editable(member, slug)
    if not profile.summary.strip():
        raise Invalid("Please write a summary before you publish the profile.", "summary")
    profile.published_at = profile.published_at or utcnow()
    _set_state(member, profile, "published")
    return profile


def unpublish_profile(member: Actor, slug: str) -> Profile:
    """Make the profile a draft again, which only its own people see. Raises NotFound, Forbidden."""
    profile = get_editable(member, slug)
    _set_state(member, profile, "draft")
    return profile


def confirm_profile(member: Actor, slug: str) -> Profile:
    """Say that everything in the profile is still true. Raises NotFound, Forbidden."""
    profile = get_editable(member, slug)
    profile.confirmed_at = utcnow()
    _flush()
    return profile


def get_editable(member: Actor, slug: str) -> Profile:
    """The profile, locked until the unit of work ends. Raises NotFound, Forbidden, Archived."""
    profile = queries.find_locked(member, slug)
    if profile is None:
        raise NotFound
    require_edit(member, profile)
    check_open(profile.organisation)
    return profile


def _write(member: Actor, profile: Profile, values: dict[str, Any], comment: str) -> None:
    apply_content(profile, values)
    profile.changed_at = profile.confirmed_at = utcnow()
    profile.changed_by_id = member.id
    _flush()
    profile.revision = record_revision(member, TYPE, profile.id, snapshot(profile), comment).number
    _flush()
    announce_saved(member, TYPE, profile.id)
    tell_changed(member, profile)


def _set_state(member: Actor, profile: Profile, state: str) -> None:
    profile.state = state
    profile.audience = audience_of(state, profile.reach, profile.organisation_id)
    profile.changed_at = utcnow()
    _flush()
    record(member, f"initiatives.profile_{state}", TYPE, profile.id, {"name": profile.organisation.name})
    announce_saved(member, TYPE, profile.id)
    tell_changed(member, profile)


def _flush() -> None:
    try:
        session.flush()
    except StaleDataError as error:
        raise Conflict("Somebody else changed this meanwhile.") from error
