"""What of a profile its editors write, as plain values by field: the form of snapshots, forms, merges and previews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from plugins.initiatives.geography.gazetteer import locate
from plugins.initiatives.models import SUMMARY_LENGTH, Profile, ProfileLand
from plugins.initiatives.services.rules import audience_of
from portal.sdk.database import session
from portal.sdk.errors import Invalid
from portal.sdk.network import LAENDER, Organisation, Topic
from portal.sdk.revisions import tidy_text

# In the order of the form, which is also the order in which changes are shown.
# ``topics`` and ``laender`` are rows of their own.
PLAIN = (
    *("claim", "summary", "offers", "needs", "text", "goals", "projects"),
    *("sectors", "target_groups", "legal_form", "carrier", "founded"),
    *("website", "mailbox", "phone", "street", "postcode", "town", "pin_latitude", "pin_longitude"),
    *("reach", "contact_reach"),
)
FIELDS = (*PLAIN[:7], "topics", "laender", *PLAIN[7:])
CONTACT = ("mailbox", "phone", "street", "postcode")
EMPTY: dict[str, Any] = {
    **dict.fromkeys(FIELDS, ""),
    **{name: [] for name in ("goals", "offers", "needs", "topics", "laender", "sectors", "target_groups")},
    **dict.fromkeys(("founded", "pin_latitude", "pin_longitude")),
    "reach": "public",
    "contact_reach": "member",
}
EARLIEST_YEAR = 1500
LATITUDES, LONGITUDES = (47.2, 55.1), (5.8, 15.1)


def snapshot(profile: Profile) -> dict[str, Any]:
    """Everything that editors write, as plain values: topics by slug, Länder by code."""
    values = {name: getattr(profile, name) for name in PLAIN}
    values["topics"] = sorted(topic.slug for topic in profile.topics)
    values["laender"] = profile.laender
    return {name: values[name] for name in FIELDS}


def tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as a form sends them back: texts and lines tidy, topics and Länder in the order of a snapshot."""
    return {name: _tidied(name, value) for name, value in values.items()}


def _tidied(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return tidy_text(value)
    if isinstance(value, list):
        return sorted(value) if name in ("topics", "laender") else tidy_lines(value)
    return value


def tidy_lines(texts: Iterable[str]) -> list[str]:
    """The lines of all texts, without empty ones and doubles."""
    lines = (tidy_text(line) for text in texts for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def apply_content(profile: Profile, values: dict[str, Any]) -> None:
    """Write checked and tidied values to the profile and what follows: seat, pin, audience. Raises Invalid."""
    values = tidied(values)
    check_content(values)
    topics, organisation = _find_topics(values["topics"]), profile.organisation
    for name in PLAIN:
        setattr(profile, name, values[name])
    profile.topics = topics
    _set_laender(profile, {*values["laender"], organisation.land} - {""})
    profile.latitude, profile.longitude = find_position(organisation, values)
    profile.audience = audience_of(profile.state, profile.reach, organisation.id)


def find_position(organisation: Organisation, values: dict[str, Any]) -> tuple[float | None, float | None]:
    """Where the pin stands: where it was put by hand, else in the town, else nowhere."""
    if values["pin_latitude"] is not None:
        return values["pin_latitude"], values["pin_longitude"]
    place = locate(values["town"] or organisation.town, organisation.land)
    return (place.latitude, place.longitude) if place else (None, None)


def check_content(values: dict[str, Any]) -> None:
    """Raises Invalid, naming the field, for the first value that breaks a rule."""
    _check_summary(values["summary"])
    _check_website(values["website"])
    _check_postcode(values["postcode"])
    _check_year(values["founded"])
    _check_pin(values["pin_latitude"], values["pin_longitude"])
    if not set(values["laender"]) <= LAENDER.keys():
        raise Invalid("Please choose Länder from the list.", "laender")


def _check_summary(summary: str) -> None:
    if len(summary) > SUMMARY_LENGTH:
        raise Invalid("The summary is too long: at most 800 characters.", "summary")


def _check_website(website: str) -> None:
    if website and (urlsplit(website).scheme not in ("http", "https") or not urlsplit(website).hostname):
        raise Invalid("Please give the whole address, beginning with https://.", "website")


def _check_postcode(postcode: str) -> None:
    if postcode and not (len(postcode) == 5 and postcode.isascii() and postcode.isdigit()):
        raise Invalid("A German postcode has five digits.", "postcode")


def _check_year(founded: int | None) -> None:
    if founded is not None and not EARLIEST_YEAR <= founded <= date.today().year:  # noqa: DTZ011 (a year needs no zone)
        raise Invalid("Please check the year.", "founded")


def _check_pin(latitude: float | None, longitude: float | None) -> None:
    if (latitude is None) != (longitude is None):
        raise Invalid("The pin needs both latitude and longitude, or neither.", "pin_latitude")
    if latitude is None or longitude is None:
        return
    if not (LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]):
        raise Invalid("This position is not in Germany.", "pin_latitude")


def _set_laender(profile: Profile, codes: set[str]) -> None:
    known = {link.land: link for link in profile.land_links}
    profile.land_links = [known.get(code) or ProfileLand(land=code) for code in sorted(codes)]


def _find_topics(slugs: list[str]) -> list[Topic]:
    found = list(session.scalars(select(Topic).where(Topic.slug.in_(slugs)))) if slugs else []
    if len(found) != len(set(slugs)):
        raise Invalid("Please choose topics from the list.", "topics")
    return found
