"""Slides, minutes and photos of the demo's events, made on the spot."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from plugins.events.models import Event, Section
from plugins.events.services import attachments
from portal.sdk.access import Actor
from portal.sdk.demo import CREDIT, Page, draw_photo, make_document
from portal.sdk.files import Attachment, Description

Content = dict[str, Any]


def add_files(member: Actor, owner: Event | Section, content: Content) -> None:
    """Add the documents and photos that ``content`` describes; one marked as cover goes to the event's head."""
    for document in content.get("files", ()):
        made = make_document(document["make"], [Page(page["heading"], page["lines"]) for page in document["pages"]])
        _add(member, owner, document["name"], made, _described(document))
    for photo in content.get("photos", ()):
        described = _described(photo, CREDIT)
        file = _add(member, owner, f"{photo['scene']}.jpg", draw_photo(photo["scene"]), described)
        if photo.get("cover") and isinstance(owner, Event):
            owner.cover = file


def _add(member: Actor, owner: Event | Section, name: str, made: bytes, described: Description) -> Attachment:
    received = attachments.receive_upload(member, name, BytesIO(made))
    return attachments.create_file(member, owner, received, described)


def _described(content: Content, credit: str = "") -> Description:
    names = ("title", "alt_text", "caption")
    return Description(**{name: content.get(name, "") for name in names}, credit=credit)
