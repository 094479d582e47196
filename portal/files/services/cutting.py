"""Cutting out the part of a portrait that is shown, in several sizes. Runs as a job, twice without harm."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from portal.database import reading
from portal.errors import Invalid
from portal.extensions import db
from portal.files.crops import find_box
from portal.files.kinds import CARD_SIDE
from portal.files.models import Attachment, State, square_key
from portal.files.sandbox import ChildFailed, run_in_child
from portal.files.storage import Missing
from portal.files.store import current_storage
from portal.jobs import enqueue, job

log = structlog.get_logger(__name__)
CUT = "files.cut"


def set_crop(attachment: Attachment, crop: str) -> None:
    """Have another part of a picture shown. The caller has checked that the member may. Raises Invalid for a part
    that is none, or of a picture that is not ready."""
    is_ready = attachment.thumbnail_state == State.DONE and attachment.width and attachment.height
    if not is_ready or find_box(crop, attachment.width or 1, attachment.height or 1) is None:
        raise Invalid("This part is not within the picture. Please choose once more.", "crop")
    attachment.crop = crop
    db.session.flush()
    enqueue(CUT, attachment_id=attachment.id)


def read_square(attachment: Attachment, side: int, extension: str = "webp") -> bytes | None:
    """The part that was cut out, in this size; None while there is none."""
    try:
        return b"".join(current_storage().read(square_key(attachment.storage_key, side, extension)))
    except Missing:
        return None


def read_card_picture(attachment: Attachment) -> bytes | None:
    """The part as JPEG, for address books; None while there is none."""
    return read_square(attachment, CARD_SIDE, "jpg") if attachment.cut else None


@job(CUT)
def cut_picture(attachment_id: int) -> None:
    """Cut out what the row says. Must start its unit of work."""
    with reading():
        found = db.session.get(Attachment, attachment_id)
        if found is None or not found.crop or found.crop == found.cut or found.thumbnail_state != State.DONE:
            return
        key, crop, box = found.storage_key, found.crop, find_box(found.crop, found.width or 1, found.height or 1)
    is_cut = box is not None and _cut(key, box)
    attachment = db.session.get(Attachment, attachment_id)
    if attachment is not None and (attachment.storage_key, attachment.crop) == (key, crop):
        # A picture that can't be cut is shown whole, as before.
        attachment.crop = attachment.cut = crop if is_cut else ""
        db.session.flush()


def _cut(key: str, box: tuple[int, int, int, int]) -> bool:
    with TemporaryDirectory(prefix="portal-cut-") as name:
        folder = Path(name)
        try:
            with (folder / "source").open("wb") as copy:
                copy.writelines(current_storage().read(key))
            (folder / "box.json").write_text(json.dumps(box), encoding="ascii")
            made = run_in_child("portal.files.images", "cut", folder / "source", folder)
            for file, suffix in made.items():
                with (folder / file).open("rb") as stream:
                    current_storage().put(stream, f"{key}.{suffix}")
        except (Missing, ChildFailed) as error:
            log.error("picture_not_cut", storage_key=key, reason=type(error).__name__)
            return False
    return True
