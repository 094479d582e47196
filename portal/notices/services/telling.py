"""Telling members what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.database import utcnow
from portal.extensions import db
from portal.jobs import enqueue
from portal.members.models import Member
from portal.notices.models import MAILED, Notice, NoticeChoice
from portal.notices.services.overflow import select_refusing
from portal.permissions.actor import Actor
from portal.plugin_host.asking import notice_kinds
from portal.plugin_host.contributions import NoticeKind
from portal.web.redirects import local_target

EVER = "ever:"


def notify(
    member: Actor,
    kind: str,
    readers: Iterable[int],
    subject: object,
    path: str,
    params: dict[str, Any] | None = None,
    *,
    about: int | None = None,
    once: Literal["", "unread", "ever"] = "",
) -> None:
    """Tell ``readers`` (numbers of members) what the acting member did, but not the latter and nobody disabled.

    ``params`` are plain values for the kind's text; ``about``: the number of the person whose name is among them, so
    that it goes with them. ``once``: ``unread`` renews the notice of the same subject that a reader has not read yet,
    ``ever`` tells nobody twice. Raises ValueError for an unknown kind or a path that leads away."""
    found = notice_kinds().get(kind)
    if found is None or local_target(path, "") != path:
        raise ValueError(f"no notice of kind {kind} can lead to {path}")
    chosen = _list_chosen(found, {one for one in readers if one != member.id})
    key = {"": None, "unread": f"{kind}:{subject}", "ever": f"{EVER}{kind}:{subject}"}[once]
    shared = {"kind": kind, "subject": str(subject), "path": path, "params": params or {}, "about": about, "key": key}
    now = utcnow()
    rows = [
        {**shared, "member_id": reader, "waits": rhythm if rhythm in MAILED else "", "created_at": now}
        for reader, rhythm in chosen.items()
        if rhythm != "never"
    ]
    if rows:
        _insert(rows, once == "unread")
    if any(row["waits"] == "at_once" for row in rows):
        enqueue("notices.mail_waiting")


def forget_subject(kind: str, subject: object) -> None:
    """Take back every notice of a thing: there is nothing to see any more."""
    db.session.execute(delete(Notice).where(Notice.kind == kind, Notice.subject == str(subject)))


def _list_chosen(kind: NoticeKind, readers: set[int]) -> dict[int, str]:
    """How each of them wants to be told. What is transactional was mailed by its sender."""
    rows = select(Member.id, NoticeChoice.rhythm).outerjoin(
        NoticeChoice, (NoticeChoice.member_id == Member.id) & (NoticeChoice.kind == kind.name)
    )
    found = db.session.execute(rows.where(Member.id.in_(readers), Member.state == "active").order_by(Member.id))
    if kind.transactional:
        return {row.id: "portal" for row in found}
    return {row.id: row.rhythm or kind.default for row in found}


def _insert(rows: list[dict[str, Any]], renew: bool) -> None:
    """The insert decides: of two that tell the same at once, the second finds the first's row.

    A renewed notice whose first mail is out comes with the next digest, so that a busy hour is no flood of mails; for
    who ended digests it stays in the portal."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    writing = insert(Notice)
    same = ["member_id", "key"]
    if not renew:
        db.session.execute(writing.on_conflict_do_nothing(index_elements=same), rows)
        return
    new = writing.excluded
    refused = (new.waits == "at_once") & new.member_id.in_(select_refusing())
    later = case((refused, ""), (new.waits == "at_once", "daily"), else_=new.waits)
    waits = case((Notice.waits != "", Notice.waits), else_=later)
    changes = {"created_at": new.created_at, "params": new.params, "path": new.path, "about": new.about, "waits": waits}
    db.session.execute(writing.on_conflict_do_update(index_elements=same, set_=changes), rows)
    db.session.expire_all()
