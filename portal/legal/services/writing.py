"""Writing a draft and publishing it. What was published never changes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from portal.audit.services.queries import find_last_change
from portal.audit.services.recording import record
from portal.database import utcnow
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.legal.models import KINDS, LegalText
from portal.legal.services.reading import find_current
from portal.permissions.actor import Actor, require

MAX_TEXT = 60_000


@dataclass(frozen=True)
class Draft:
    """What a draft says."""

    text_de: str
    text_en: str
    needs_agreement: bool


def get_draft(member: Actor, kind: str) -> LegalText:
    """The draft of a kind, or a new one with the published text, which is not kept until it is saved.

    Raises Forbidden without ``legal.manage``, NotFound for another kind."""
    require(member, "legal.manage")
    if kind not in KINDS:
        raise NotFound
    current = find_current(kind)
    texts = {"text_de": current.text_de, "text_en": current.text_en} if current else {"text_de": "", "text_en": ""}
    return _find_draft(kind) or LegalText(kind=kind, number=0, needs_agreement=False, version=1, **texts)


def update_draft(member: Actor, kind: str, said: Draft, version: int) -> LegalText:
    """Keep what a draft says, which was seen in ``version``. Raises Forbidden, NotFound, Invalid, Conflict."""
    draft = get_draft(member, kind)
    if draft.version != version:
        raise Conflict("Somebody else changed this text while you were editing.", **find_last_change("legal", draft.id))
    if not said.text_de.strip() or max(len(said.text_de), len(said.text_en)) > MAX_TEXT:
        raise Invalid("Please give a German text of at most 60000 characters.", "text_de")
    is_new = draft.id is None
    draft.text_de, draft.text_en = said.text_de.strip(), said.text_en.strip()
    draft.needs_agreement = said.needs_agreement
    draft.version = version + 1
    if is_new:
        draft.number = (db.session.scalar(select(func.max(LegalText.number)).where(LegalText.kind == kind)) or 0) + 1
        db.session.add(draft)
    db.session.flush()
    record(member, "legal.updated", "legal", draft.id, {"kind": kind, "number": draft.number})
    return draft


def publish_draft(member: Actor, kind: str, version: int) -> LegalText:
    """Make the draft, as it was seen in ``version``, the version that counts. Raises Forbidden, NotFound, Conflict."""
    require(member, "legal.manage")
    draft = _find_draft(kind)
    if draft is None:
        raise NotFound
    if draft.version != version:
        raise Conflict("Somebody else changed this text while you were editing.")
    draft.published_at, draft.published_by_id = utcnow(), member.id
    db.session.flush()
    details = {"kind": kind, "number": draft.number, "needs_agreement": draft.needs_agreement}
    record(member, "legal.published", "legal", draft.id, details)
    return draft


def _find_draft(kind: str) -> LegalText | None:
    open_ones = select(LegalText).where(LegalText.kind == kind, LegalText.published_at.is_(None))
    return db.session.scalar(open_ones.with_for_update())
