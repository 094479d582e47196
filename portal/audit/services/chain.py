"""The chain of hashes over the audit log: a line that was changed or removed is found.

Entries are sealed shortly after they were written, in the order of their ids, so that nobody who writes one ever waits
for another. The n-th sealed entry keeps ``number`` n, ``content_hash`` (SHA-256 over the canonical JSON of what
happened) and ``previous_hash``, which is SHA-256 over the predecessor's previous and content hash. The head says where
the chain ends. What retention may take away (who, from which network, names) is hashed apart, with a salt that goes
with it: then the hash stays, proves nothing any more of what was there, and the chain holds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from portal.audit.models import AuditEntry, AuditHead
from portal.extensions import db

BATCH = 500
TAKEN_AWAY: dict[str, Any] = {"actor": [None, ""], "network": "", "details": {}}
PARTS = tuple(TAKEN_AWAY)
HASH_OF_NOTHING = ""
CUT = "audit.cut"


@dataclass(frozen=True)
class Finding:
    """The first line that is not as it was sealed: place in the chain, the entry's id, ``changed`` or ``removed``."""

    number: int
    entry_id: int | None
    what: str


@dataclass(frozen=True)
class Chain:
    """How the chain is: how many lines were ever sealed, how many of them were cut off when their time was over, how
    many wait, the hash at its end, and what is wrong first."""

    sealed: int
    cut: int
    waiting: int
    hash: str
    finding: Finding | None


def seal() -> int:
    """Seal every entry that waits, oldest id first; gives how many. Two that seal at once wait for one another."""
    head = db.session.scalars(select(AuditHead).with_for_update()).one()
    waiting = select(AuditEntry).where(AuditEntry.number.is_(None)).order_by(AuditEntry.id).limit(BATCH)
    sealed = 0
    while entries := list(db.session.scalars(waiting)):
        for entry in entries:
            _append(head, entry)
        db.session.flush()
        sealed += len(entries)
    return sealed


def _append(head: AuditHead, entry: AuditEntry) -> None:
    entry.parts = {part: _sealed_part(_value_of(entry, part)) for part in PARTS}
    entry.content_hash = _content_hash(entry)
    entry.previous_hash = head.hash
    entry.number = head.number = head.number + 1
    head.hash = hash_after(entry)


def check() -> Chain:
    """Walk the whole chain and compare every line with its hashes, in batches; nothing is written."""
    head = db.session.get(AuditHead, 1, populate_existing=True)
    number, end = (head.number, head.hash) if head else (0, HASH_OF_NOTHING)
    cut, previous = (head.cut_number, head.cut_hash) if head else (0, HASH_OF_NOTHING)
    expected, finding = cut, _check_cut(cut, previous)
    for entry in _sealed_entries():
        if finding:
            break
        expected += 1
        finding = _compare(entry, expected, previous)
        previous = hash_after(entry)
    if not finding and (expected, previous) != (number, end):
        finding = Finding(min(expected, number) + 1, None, "removed" if expected < number else "changed")
    return Chain(number, cut, _count_waiting(), end, finding)


def _check_cut(number: int, previous: str) -> Finding | None:
    """The beginning must be where the last line about a cut says it is; that line is in the chain itself."""
    said = select(AuditEntry.details).where(AuditEntry.action == CUT).order_by(AuditEntry.id.desc()).limit(1)
    details = db.session.scalar(said) or {"number": 0, "hash": HASH_OF_NOTHING}
    is_said = (details.get("number"), details.get("hash")) == (number, previous)
    return None if is_said else Finding(number + 1, None, "removed")


def hash_after(entry: AuditEntry) -> str:
    """The hash that the line after a sealed one follows."""
    return _digest(entry.previous_hash + entry.content_hash)


def _compare(entry: AuditEntry, expected: int, previous: str) -> Finding | None:
    if entry.number != expected:
        return Finding(expected, None, "removed")
    if entry.previous_hash != previous or entry.content_hash != _content_hash(entry) or not _parts_hold(entry):
        return Finding(expected, entry.id, "changed")
    return None


def _sealed_entries() -> Iterator[AuditEntry]:
    last = 0
    query = select(AuditEntry).order_by(AuditEntry.number).limit(BATCH).execution_options(populate_existing=True)
    while entries := list(db.session.scalars(query.where(AuditEntry.number > last))):
        yield from entries
        last = entries[-1].number or 0
        for entry in entries:
            db.session.expunge(entry)


def _count_waiting() -> int:
    return db.session.scalar(select(func.count()).where(AuditEntry.number.is_(None))) or 0


def _parts_hold(entry: AuditEntry) -> bool:
    """Whether each part is as it was sealed, or was taken away whole."""
    for part in PARTS:
        value, sealed = _value_of(entry, part), entry.parts.get(part, {})
        if "salt" in sealed:
            if sealed.get("hash") != _digest(_canonical([sealed["salt"], value])):
                return False
        elif value != TAKEN_AWAY[part]:
            return False
    return entry.actor_id in (None, entry.actor_number)


def forget_part(entry: AuditEntry, part: str) -> None:
    """Take away a part of an entry (``actor``, ``network`` or ``details``) whose time is over; the line counts."""
    if part == "actor":
        entry.actor_id, entry.actor_number, entry.actor_name = None, None, ""
    elif part == "network":
        entry.network = ""
    else:
        entry.details = {}
    if entry.number is not None:
        entry.parts = {**entry.parts, part: {"hash": entry.parts[part]["hash"]}}


def _value_of(entry: AuditEntry, part: str) -> Any:
    return {"actor": [entry.actor_number, entry.actor_name], "network": entry.network, "details": entry.details}[part]


def _sealed_part(value: Any) -> dict[str, str]:
    salt = secrets.token_hex(16)
    return {"salt": salt, "hash": _digest(_canonical([salt, value]))}


def _content_hash(entry: AuditEntry) -> str:
    hashes = {part: entry.parts.get(part, {}).get("hash", "") for part in PARTS}
    subject = [entry.subject_type, entry.subject_id]
    return _digest(_canonical([entry.id, entry.at.isoformat(), entry.action, subject, hashes]))


def _canonical(value: Any) -> str:
    """JSON in one way only: sorted names, no blanks, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
