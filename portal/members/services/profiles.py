"""What members say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from portal.audit.services.recording import record
from portal.errors import Forbidden, Invalid
from portal.extensions import db
from portal.members.models import Member
from portal.members.naming import sort_name_of
from portal.members.services.creating import clean_function, plain_name
from portal.members.services.editing import load_to_edit
from portal.members.services.visibility import FIELDS, RULES
from portal.members.zones import ZONES
from portal.permissions.actor import Actor
from portal.topics.models import Topic

MAX_TITLE, MAX_PHONE, MAX_ABOUT, MAX_TOPICS = 40, 40, 600, 12
LANGUAGES = ("ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fr", "hr", "hu", "it", "nl", "pl", "pt")
LANGUAGES += ("ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi", "zh")
FREQUENT = ("de", "en", "fr", "es", "tr", "pl", "ru", "uk")  # spoken most in companies of the network's country
LOCALES = ("", "de", "en")
# E.123 and its everyday cousins; at most 15 digits (E.164) and an extension.
PHONE = re.compile(r"\+?[0-9][0-9 ()/.\-–]{3,30}(?:\s?(?:-|App\.|ext\.?)\s?[0-9]{1,6})?")


@dataclass(frozen=True)
class Profile:
    """One's own page. ``shown`` maps each of :data:`FIELDS` to one of :data:`RULES`."""

    name: str
    function: str
    title: str
    phone: str
    about: str
    languages: tuple[str, ...]
    topics: tuple[int, ...]
    shown: dict[str, str]
    locale: str = ""
    timezone: str = ""


def update_own_profile(member: Actor, profile: Profile, version: int) -> Member:
    """Replace what one says of oneself, which was seen in ``version``. Raises Forbidden for the public, Conflict,
    Invalid with the field that is wrong."""
    if member.id is None:
        raise Forbidden("Please log in first.")
    target = load_to_edit(member.id, version)
    values, topics = _checked(profile), _topics(profile.topics)
    changed = [field for field, value in values.items() if getattr(target, field) != value]
    if {one.id for one in target.topics} != {one.id for one in topics}:
        changed.append("topics")
        target.topics = topics
        flag_modified(target, "name")  # so that the row's version grows with its topics
    for field in changed:
        if field != "topics":
            setattr(target, field, values[field])
    target.sort_name = sort_name_of(target.name)
    db.session.flush()
    if changed:
        record(member, "member.updated", "member", target.id, {"name": target.name, "fields": changed})
    return target


def list_topics() -> list[Topic]:
    """The subjects that one can offer help with, by title."""
    return list(db.session.scalars(select(Topic).order_by(Topic.title)))


def _checked(profile: Profile) -> dict[str, Any]:
    return {
        "name": plain_name(profile.name),
        "function": clean_function(profile.function),
        "title": _clean_line(profile.title.strip() and plain_name(profile.title, "title"), MAX_TITLE, "title"),
        "phone": _clean_phone(profile.phone),
        "about": _clean_about(profile.about),
        "languages": [code for code in LANGUAGES if code in profile.languages],
        "locale": _one_of(profile.locale, LOCALES, "locale"),
        "timezone": _one_of(profile.timezone, ("", *ZONES), "timezone"),
        **{f"{field}_shown": _one_of(profile.shown[field], RULES, f"{field}_shown") for field in FIELDS},
    }


def _one_of(value: str, allowed: Iterable[str], field: str) -> str:
    if value not in allowed:
        raise Invalid("Please choose one of the list.", field)
    return value


def _clean_line(text: str, limit: int, field: str) -> str:
    cleaned = " ".join(text.split())
    if len(cleaned) > limit:
        raise Invalid("Please use at most 40 characters.", field)
    return cleaned


def _clean_phone(text: str) -> str:
    cleaned = _clean_line(text, MAX_PHONE, "phone")
    if cleaned and (not PHONE.fullmatch(cleaned) or not 5 <= sum(char.isdigit() for char in cleaned) <= 21):
        raise Invalid("Please write the number with digits, such as +49 711 123456-78.", "phone")
    return cleaned


def _clean_about(text: str) -> str:
    cleaned = text.replace("\r\n", "\n").strip()
    if len(cleaned) > MAX_ABOUT:
        raise Invalid("Please use at most 600 characters.", "about")
    return cleaned


def _topics(wanted: tuple[int, ...]) -> list[Topic]:
    if len(set(wanted)) > MAX_TOPICS:
        raise Invalid("Please choose at most twelve topics.", "topics")
    found = list(db.session.scalars(select(Topic).where(Topic.id.in_(set(wanted)))))
    if len(found) != len(set(wanted)):
        raise Invalid("Please choose topics of the list.", "topics")
    return found
