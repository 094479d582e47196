"""Delivery of files after an access check. Who may not read a file learns nothing of it."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_login import current_user

from portal.errors import NotFound
from portal.files.delivery import send_attachment, send_thumbnail
from portal.files.kinds import THUMBNAIL_WIDTHS
from portal.files.models import Attachment
from portal.files.services import processing, queries, sweeping
from portal.permissions.actor import PUBLIC
from portal.web.access import access

# Named here so that the worker knows them wherever the application is.
JOBS = (processing.process_attachment, sweeping.sweep_pending, sweeping.sweep_orphans)

blueprint = Blueprint("files", __name__, url_prefix="/files")


@blueprint.get("/<key>/<name>")
@access(PUBLIC, rate="file")
def file_show(key: str, name: str) -> Response:
    """The file. ``name`` is for people; the key alone decides."""
    return send_attachment(_get_ready(key))


@blueprint.get("/<key>/thumb/<int:width>")
@access(PUBLIC, rate="file")
def thumbnail_show(key: str, width: int) -> Response:
    """A picture in one of the three widths."""
    attachment = _get_ready(key)
    if not attachment.is_image or width not in THUMBNAIL_WIDTHS:
        raise NotFound
    return send_thumbnail(attachment, width)


def _get_ready(key: str) -> Attachment:
    attachment = queries.get_attachment_by_key(current_user, key)
    if not attachment.is_ready:
        raise NotFound
    return attachment
