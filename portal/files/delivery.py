"""Responses that carry a stored file and can do no harm in a browser."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

import structlog
from flask import Response, request

from portal.errors import NotFound, Unavailable
from portal.files.kinds import THUMBNAIL_WIDTHS
from portal.files.models import Attachment, square_key
from portal.files.storage import Missing
from portal.files.store import current_storage
from portal.permissions.actor import PUBLIC

log = structlog.get_logger(__name__)
# Nothing may run, load or submit, whatever the file holds and however a browser shows it.
POLICY = "default-src 'none'; sandbox"
PUBLIC_SECONDS = 60
BYTES = "application/octet-stream"


def send_attachment(attachment: Attachment) -> Response:
    """The file: pictures that we made anew may be shown, everything else is to be saved. Supports ranges (RFC 9110)."""
    response = _bare(_safe_type(attachment), attachment.sha256)
    disposition = "inline" if attachment.is_image else "attachment"
    response.headers["Content-Disposition"] = content_disposition(disposition, attachment.file_name)
    response.headers["Cache-Control"] = _cache_rule(attachment)
    response.content_length = attachment.size
    response.make_conditional(request.environ, _wants_one_range(), attachment.size)
    if request.method == "GET" and response.status_code in (200, 206):
        response.response = _read(attachment.storage_key, *_wanted_part(response))
    return response


def send_thumbnail(attachment: Attachment, width: int) -> Response:
    """The thumbnail of this width, as WebP."""
    response = _bare("image/webp", f"{attachment.sha256}-{width}")
    response.headers["Cache-Control"] = _cache_rule(attachment)
    response.make_conditional(request.environ)
    if response.status_code == 200:
        response.set_data(b"".join(_read(attachment.thumbnail_key(width))))
    return response


def send_square(attachment: Attachment, side: int) -> Response:
    """The part of a portrait that was cut out, as WebP; the smallest thumbnail while there is none."""
    if not attachment.cut:
        return send_thumbnail(attachment, THUMBNAIL_WIDTHS[0])
    response = _bare("image/webp", f"{attachment.sha256}-{attachment.cut}-{side}")
    response.headers["Cache-Control"] = _cache_rule(attachment)
    response.make_conditional(request.environ)
    if response.status_code == 200:
        response.set_data(b"".join(_read(square_key(attachment.storage_key, side))))
    return response


def content_disposition(disposition: str, name: str) -> str:
    """The header with a plain name for old clients and the true one (RFC 6266, RFC 8187)."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    plain = plain.replace("\\", "_").replace('"', "_") or "file"
    return f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _bare(media_type: str, etag: str) -> Response:
    response = Response((), content_type=media_type)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(etag)
    return response


def _safe_type(attachment: Attachment) -> str:
    """Text is sent as bytes: its encoding is unknown and no browser should render it."""
    return BYTES if attachment.media_type.startswith("text/") else attachment.media_type


def _cache_rule(attachment: Attachment) -> str:
    """What the public may see may be kept for a minute; the rest is asked for again every time."""
    return f"public, max-age={PUBLIC_SECONDS}" if PUBLIC in attachment.audience else "private, no-cache"


def _wants_one_range() -> bool:
    wanted = request.range
    return wanted is not None and wanted.units == "bytes" and len(wanted.ranges) == 1


def _wanted_part(response: Response) -> tuple[int, int | None]:
    part = response.content_range
    if response.status_code == 200 or part.start is None or part.stop is None:
        return 0, None
    return part.start, part.stop - part.start


def _read(key: str, start: int = 0, length: int | None = None) -> Iterable[bytes]:
    try:
        return current_storage().read(key, start, length)
    except Missing:
        log.error("file_missing", storage_key=key)
        raise NotFound from None
    except OSError as error:
        raise Unavailable("The file can't be read right now. Please try again later.") from error
