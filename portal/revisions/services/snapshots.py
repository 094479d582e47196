"""Taking and reading snapshots. Who may read a thing's revisions is decided by the thing's own service."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Text, cast, delete, func, select
from sqlalchemy.orm import joinedload

from portal.errors import Conflict, NotFound
from portal.extensions import db
from portal.permissions.actor import Actor
from portal.revisions.models import Revision

PAGE_SIZE = 30


def record_revision(
    member: Actor, subject_type: str, subject_id: int, data: dict[str, Any], comment: str = ""
) -> Revision:
    """Keep ``data`` as the newest revision of the thing; gives the one before back when nothing changed."""
    latest = find_latest(subject_type, subject_id)
    if latest is not None and latest.data == data:
        return latest
    number = latest.number + 1 if latest else 1
    revision = Revision(
        subject_type=subject_type,
        subject_id=subject_id,
        number=number,
        data=data,
        comment=comment.strip()[:300],
        author_id=member.id,
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def find_latest(subject_type: str, subject_id: int) -> Revision | None:
    """The newest revision, or None."""
    return db.session.scalar(_of(subject_type, subject_id).order_by(Revision.number.desc()).limit(1))


def get_revision(subject_type: str, subject_id: int, number: int) -> Revision:
    """The revision with this number. Raises NotFound."""
    revision = db.session.scalar(_of(subject_type, subject_id).where(Revision.number == number))
    if revision is None:
        raise NotFound
    return revision


def list_revisions(subject_type: str, subject_id: int, before: int | None = None) -> tuple[list[Revision], int | None]:
    """A page of revisions, newest first, with their authors, and the number to continue before."""
    query = _of(subject_type, subject_id).options(joinedload(Revision.author)).order_by(Revision.number.desc())
    if before:
        query = query.where(Revision.number < before)
    found = list(db.session.scalars(query.limit(PAGE_SIZE + 1)))
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].number if len(found) > PAGE_SIZE else None


def delete_revisions(subject_type: str, subject_ids: Iterable[int]) -> None:
    """Delete the revisions of things that are deleted; the next thing with such a number must not inherit them."""
    doomed = delete(Revision).where(Revision.subject_type == subject_type, Revision.subject_id.in_(list(subject_ids)))
    db.session.execute(doomed)


def count_revisions_of_plugin(plugin_id: str) -> int:
    """How many revisions there are of the plugin's things."""
    return db.session.scalar(select(func.count()).select_from(Revision).where(_of_plugin(plugin_id))) or 0


def delete_revisions_of_plugin(member: Actor, plugin_id: str) -> int:
    """Delete the revisions of all things of a plugin that is purged; gives how many."""
    count = count_revisions_of_plugin(plugin_id)
    db.session.execute(delete(Revision).where(_of_plugin(plugin_id)))
    return count


def replace_value(subject_type: str, field: str, old: str | int, new: str | int) -> int:
    """Let ``field`` be ``new`` in every snapshot of things of this kind where it is ``old``, in large or small
    letters; gives how many. For what was merged away, and for what a person takes along who is erased."""
    needle = json.dumps(str(old).lower())[1:-1] if isinstance(old, str) else f'"{field}": {old}'
    likely = func.lower(cast(Revision.data, Text)).contains(needle, autoescape=True)
    found = db.session.scalars(select(Revision).where(Revision.subject_type == subject_type, likely))
    concerned = [one for one in found if str(one.data.get(field, "")).lower() == str(old).lower()]
    for one in concerned:
        one.data = {**one.data, field: new}
    db.session.flush()
    return len(concerned)


def check_version(expected: int, actual: int, **details: Any) -> None:
    """Raises Conflict with ``details`` when the thing was changed since the editor opened it."""
    if expected != actual:
        raise Conflict("Somebody else changed this meanwhile.", **details)


def _is(subject_type: str, subject_id: int) -> tuple[Any, Any]:
    return Revision.subject_type == subject_type, Revision.subject_id == subject_id


def _of_plugin(plugin_id: str) -> Any:
    return Revision.subject_type.startswith(f"{plugin_id}.", autoescape=True)


def _of(subject_type: str, subject_id: int) -> Any:
    return select(Revision).where(*_is(subject_type, subject_id))
