"""The published texts."""

from __future__ import annotations

from sqlalchemy import select

from portal.errors import NotFound
from portal.extensions import db
from portal.legal.models import KINDS, LegalText


def find_current(kind: str) -> LegalText | None:
    """The version that counts now, or None before the first."""
    return next(iter(list_versions(kind)), None)


def list_versions(kind: str) -> list[LegalText]:
    """Every published version, newest first. Raises NotFound for another kind."""
    if kind not in KINDS:
        raise NotFound
    published = select(LegalText).where(LegalText.kind == kind, LegalText.published_at.is_not(None))
    return list(db.session.scalars(published.order_by(LegalText.number.desc())))


def get_version(kind: str, number: int) -> LegalText:
    """One published version. Raises NotFound."""
    for one in list_versions(kind):
        if one.number == number:
            return one
    raise NotFound
