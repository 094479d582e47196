"""Attachments: documents and photos that belong to something else."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import AudienceType, Base, utcnow
from portal.files.decoding import PAGE_BREAK
from portal.files.names import extension_of
from portal.files.reasons import REASONS


class Kind(StrEnum):
    """What an attachment is for."""

    DOCUMENT = "document"
    PHOTO = "photo"


class State(StrEnum):
    """How far the work on a file is. ``none``: there is nothing to do; ``empty``: done, but no text was found."""

    NONE = "none"
    PENDING = "pending"
    DONE = "done"
    EMPTY = "empty"
    FAILED = "failed"


def _new_public_key() -> str:
    return secrets.token_urlsafe(16)


class Attachment(Base):
    """A file that belongs to ``subject_type`` (such as ``events.section``) number ``subject_id``.

    ``key`` is what addresses carry; ``storage_key`` is where the bytes lie. Pictures are served only once they were
    made anew (``thumbnail_state`` done), so nobody ever gets the place that a camera wrote into the original.
    ``version`` grows with each edit of what people say about it, so that two editors can't overwrite one another.
    ``text`` has a form feed between pages, slides or sheets. ``crop`` says which part of a portrait is to be shown
    (:mod:`portal.files.crops`), ``cut`` which one was cut out last; "" for pictures that are shown whole."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_subject", "subject_type", "subject_id", "kind", "position"),
        CheckConstraint("kind IN ('document', 'photo')", name="kind"),
        CheckConstraint("text_state IN ('none', 'pending', 'done', 'empty', 'failed')", name="text_state"),
        CheckConstraint("thumbnail_state IN ('none', 'pending', 'done', 'failed')", name="thumbnail_state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True, default=_new_public_key)
    kind: Mapped[str] = mapped_column(String(10))
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int] = mapped_column()
    owner_plugin: Mapped[str] = mapped_column(String(40), default="", index=True)
    title: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column()
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(32), unique=True)
    audience: Mapped[list[str]] = mapped_column(AudienceType)
    alt_text: Mapped[str] = mapped_column(String(400), default="")
    caption: Mapped[str] = mapped_column(String(400), default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    consent_note: Mapped[str] = mapped_column(String(400), default="")
    version: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    width: Mapped[int | None] = mapped_column()
    height: Mapped[int | None] = mapped_column()
    text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    text_state: Mapped[str] = mapped_column(String(8), default=State.NONE, index=True)
    text_reason: Mapped[str] = mapped_column(String(200), default="")
    thumbnail_state: Mapped[str] = mapped_column(String(8), default=State.NONE, index=True)
    crop: Mapped[str] = mapped_column(String(16), default="")
    cut: Mapped[str] = mapped_column(String(16), default="")
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow, index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)

    @property
    def is_image(self) -> bool:
        """Whether it is a picture, in whichever list it stands."""
        return self.media_type.startswith("image/")

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded: a document at once, a picture when it was made anew."""
        return not self.is_image or self.thumbnail_state == State.DONE

    @property
    def problem(self) -> str:
        """Why it has no text or no thumbnails, as a sentence for editors; "" while there is nothing to say."""
        return str(REASONS.get(self.text_reason, ""))

    @property
    def extension(self) -> str:
        """The extension without the dot, for a badge such as PDF."""
        return extension_of(self.file_name)

    @property
    def pages(self) -> list[str]:
        """The text page by page (slide by slide, sheet by sheet)."""
        return self.text.split(PAGE_BREAK) if self.text else []

    def thumbnail_key(self, width: int) -> str:
        """Where the thumbnail of this width lies in the storage."""
        return thumbnail_key(self.storage_key, width)


def thumbnail_key(storage_key: str, width: int) -> str:
    """Where the thumbnail of this width lies, of the picture under ``storage_key``."""
    return f"{storage_key}.{width}.webp"


def square_key(storage_key: str, side: int, extension: str = "webp") -> str:
    """Where the part that was cut out lies, of the picture under ``storage_key``."""
    return f"{storage_key}.s{side}.{extension}"
