"""Two organisations that are one: everything of the one that goes belongs to the one that stays. It can't be undone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from portal.audit.services.recording import record
from portal.database import trial
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.organisations.messages import described_person, moved_memberships
from portal.organisations.models import FormerSlug, Membership, Organisation
from portal.organisations.services.creating import check_open
from portal.organisations.services.memberships import EDITOR
from portal.organisations.services.slugs import present_slug
from portal.organisations.signals import organisations_merged
from portal.permissions.actor import Actor, require
from portal.plugin_host.announcements import announce_deleted, announce_saved
from portal.plugin_host.asking import move_rows

FIELDS = ("name", "slug", "short_name", "kind", "land", "town")


@dataclass(frozen=True)
class Preview:
    """What merging would do: ``people`` who come over, by name; ``moved``, a sentence for each kind of thing.

    ``stamp`` stands for all of that and for both organisations as they are now."""

    people: list[str]
    moved: list[str]
    stamp: str


def preview_merge(member: Actor, kept_slug: str, gone_slug: str) -> Preview:
    """What would move; nothing is changed. Raises what :func:`merge_organisations` does."""
    with trial():
        return _merge(member, *_get_pair(member, kept_slug, gone_slug))


def merge_organisations(member: Actor, kept_slug: str, gone_slug: str, stamp: str) -> Organisation:
    """Let everything of one organisation belong to another, and delete it; its addresses lead to the other.

    ``stamp``: of the preview that was agreed to. Raises Forbidden without ``organisations.manage`` or if the one that
    stays is archived, NotFound, Invalid for one and the same, Conflict if anything changed since the preview or while
    a plugin that has rows is off or can't be loaded."""
    kept, gone = _get_pair(member, kept_slug, gone_slug)
    gone_id, before = gone.id, [_plain(one) for one in (kept, gone)]
    done = _merge(member, kept, gone)
    if done.stamp != stamp:
        raise Conflict("Somebody changed one of the two meanwhile. Please look at the preview again.")
    details = {"before": before[1], "after": _plain(kept), "moved": done.moved}
    record(member, "organisation.merged", "organisation", kept.id, {"name": kept.name, **details})
    announce_deleted(member, "organisations.organisation", gone_id)
    announce_saved(member, "organisations.organisation", kept.id)
    return kept


def _get_pair(member: Actor, kept_slug: str, gone_slug: str) -> tuple[Organisation, Organisation]:
    """Both, locked in the order of their numbers."""
    require(member, "organisations.manage")
    slugs = [db.session.scalar(present_slug(slug)) for slug in (kept_slug, gone_slug)]
    rows = select(Organisation).where(Organisation.slug.in_(slugs)).order_by(Organisation.id).with_for_update()
    found = {one.slug: one for one in db.session.scalars(rows.execution_options(populate_existing=True))}
    if not all(slug in found for slug in slugs):
        raise NotFound
    kept, gone = (found[slug] for slug in slugs if slug)
    if kept is gone:
        raise Invalid("Please choose another organisation.", "kept")
    check_open(kept)
    return kept, gone


def _merge(member: Actor, kept: Organisation, gone: Organisation) -> Preview:
    versions = [kept.id, kept.version, gone.id, gone.version]
    people = _move_people(kept.id, gone.id)
    moved = moved_memberships(len(people))
    for _receiver, sentences in organisations_merged.send(kept_id=kept.id, gone_id=gone.id):
        moved += sentences
    answers = move_rows("portal_organisations_merged", kept=kept.id, gone=gone.id)
    if missing := [name for name, answer in answers if answer is None]:
        raise Conflict("The plugin %(plugin)s has to be loaded and switched on first.", plugin=", ".join(missing))
    moved += [sentence for _name, answer in answers for sentence in answer or ()]
    _move_addresses(kept, gone)
    names = [described_person(one.member.name, is_editor=one.role == EDITOR) for one in people]
    roles = [(one.member_id, one.role) for one in people]
    return Preview(names, moved, _stamp_of([versions, roles, moved]))


def _stamp_of(state: list[Any]) -> str:
    """Of numbers only, so that it is the same in every language."""
    return hashlib.sha256(" ".join(re.findall(r"\d+|editor|representative", str(state))).encode()).hexdigest()


def _move_people(kept_id: int, gone_id: int) -> list[Membership]:
    """The memberships of those who come over. Who belongs to both is an editor if they were one in either."""
    people = []
    rows = select(Membership).where(Membership.organisation_id == gone_id).order_by(Membership.member_id)
    for one in db.session.scalars(rows).all():
        held = db.session.get(Membership, (one.member_id, kept_id))
        if held is None:
            held = Membership(member_id=one.member_id, organisation_id=kept_id, role=one.role)
            db.session.add(held)
        elif one.role == EDITOR:
            held.role = EDITOR
        people.append(held)
        db.session.delete(one)
    db.session.flush()
    return people


def _move_addresses(kept: Organisation, gone: Organisation) -> None:
    """The slug of the one that goes is unique among present ones, so its row goes first."""
    theirs, slug = FormerSlug.organisation_id == gone.id, gone.slug
    db.session.execute(update(FormerSlug).where(theirs).values(organisation_id=kept.id))
    db.session.expire(gone)
    db.session.delete(gone)
    db.session.flush()
    db.session.add(FormerSlug(slug=slug, organisation_id=kept.id))
    flag_modified(kept, "name")  # a new version: whoever has the form of the one that stays open learns of this
    db.session.flush()
    db.session.expire(kept)


def _plain(organisation: Organisation) -> dict[str, str]:
    return {name: getattr(organisation, name) for name in FIELDS}
