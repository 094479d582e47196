"""What the plugin shows on pages of the core: cards of the dashboard, a section on an organisation's page."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from flask import render_template, url_for

from plugins.events import words
from plugins.events.services import queries
from plugins.events.services.principals import choice_of_section
from portal.sdk.access import Actor
from portal.sdk.files import Attachment
from portal.sdk.i18n import gettext as _
from portal.sdk.network import Organisation

WORDS = SimpleNamespace(
    kinds=words.KINDS,
    results=words.RESULT_TITLES,
    groups=words.RESULT_GROUPS,
    roles=words.ROLE_TITLES,
    audiences=words.AUDIENCE_TITLES,
    choice_in_force=choice_of_section,
)


@dataclass(frozen=True)
class Picture:
    """A photo as the gallery shows it."""

    url: str
    thumbnail_url: str
    alt: str
    caption: str
    credit: str


def file_address(file: Attachment) -> str:
    """Where the file is downloaded."""
    return url_for("files.file_show", key=file.key, name=file.file_name)


def picture_address(file: Attachment, width: int) -> str:
    """Where the picture is, ``width`` pixels wide (320, 800 or 1600)."""
    return url_for("files.thumbnail_show", key=file.key, width=width)


def picture_of(file: Attachment) -> Picture:
    """The photo for the gallery."""
    addresses = (picture_address(file, 1600), picture_address(file, 320))
    return Picture(*addresses, alt=file.alt_text or file.title, caption=file.caption, credit=credit_of(file))


def credit_of(file: Attachment) -> str:
    """Who made the picture: “Photo: …”, or as it is written where that says what it is (“Illustration: …”)."""
    said_already = not file.credit or ": " in file.credit
    return file.credit if said_already else _("Photo: %(name)s", name=file.credit)


def render_upcoming(member: Actor) -> str:
    """The next three events."""
    found = queries.list_upcoming(member, 3)
    return render_template("events/card_upcoming.html", events=found) if found else ""


def render_reports(member: Actor) -> str:
    """The newest reports; those since the member's last visit are marked."""
    found = queries.list_documented(member, 3)
    since = member.previous_login_at
    new = {event.id for event in found if since and event.published_at and event.published_at > since}
    return render_template("events/card_reports.html", events=found, new=new) if found else ""


def render_organisation(member: Actor, thing: Organisation) -> str:
    """Pitches of the organisation and events it took part in, as far as the member may see them."""
    pitches = queries.list_pitches_of_organisation(member, thing.id)
    events = queries.list_events_of_organisation(member, thing.id)
    if not pitches and not events:
        return ""
    return render_template("events/slot_organisation.html", pitches=pitches, events=events)
