"""The texts of the operator, version by version, and what members agreed to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, utcnow

KINDS = ("privacy", "terms")


class LegalText(Base):
    """A version of a text; the one without ``published_at`` is the draft, of which each kind has one at most.

    ``needs_agreement``: members are asked to agree to it. ``version`` grows with each edit of the draft."""

    __tablename__ = "legal_text"
    __table_args__ = (UniqueConstraint("kind", "number"), CheckConstraint("kind IN ('privacy', 'terms')", name="kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    number: Mapped[int] = mapped_column()
    text_de: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    needs_agreement: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None] = mapped_column()
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    def text_in(self, locale: str) -> str:
        """The text in the reader's language, in the other one where there is none."""
        return (self.text_en or self.text_de) if locale == "en" else (self.text_de or self.text_en)


class LegalAgreement(Base):
    """That a member agreed to a version, and when."""

    __tablename__ = "legal_agreement"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("legal_text.id", ondelete="CASCADE"), primary_key=True, index=True)
    agreed_at: Mapped[datetime] = mapped_column(default=utcnow)
