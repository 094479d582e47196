"""What the search knows of profiles. The contact group is left out: not everyone who reads the page may read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from plugins.initiatives.models import Profile
from plugins.initiatives.services import queries
from plugins.initiatives.services.profiles import TYPE
from portal.sdk.access import Actor, system
from portal.sdk.contributions import SearchDocument
from portal.sdk.web import plain_text

BATCH = 200


def list_documents(since: datetime | None) -> Iterator[SearchDocument]:
    """Every profile changed at or after ``since``, each with the readers it has now."""
    last = 0
    while rows := queries.list_changed(system(), since, last, BATCH):
        yield from map(document_of, rows)
        last = rows[-1].id


def document_of(profile: Profile) -> SearchDocument:
    """The search document of a profile."""
    organisation = profile.organisation
    return SearchDocument(
        type=TYPE,
        id=str(profile.id),
        title=organisation.name,
        body="\n\n".join(part for part in _texts(profile) if part),
        url=f"/initiatives/{organisation.slug}",
        readers=frozenset(profile.audience),
        changed_at=max(profile.changed_at, organisation.changed_at),
        topics=tuple(topic.title for topic in profile.topics),
        facets={"land": tuple(profile.laender), "organisation": (organisation.name,)},
        path=profile.town or organisation.town,
    )


def list_readable(member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these (type, id) the member may read now."""
    numbers = [int(number) for kind, number in keys if kind == TYPE and number.isdigit() and len(number) < 10]
    return {(TYPE, str(number)) for number in queries.list_readable(member, numbers)}


def _texts(profile: Profile) -> list[str]:
    """Running text first, so that an excerpt reads as sentences; then what is said in words."""
    return [
        *(profile.summary, plain_text(profile.text), plain_text(profile.projects), profile.claim),
        *(*profile.goals, *profile.offers, *profile.needs, *profile.sectors, *profile.target_groups),
        *(profile.carrier, profile.legal_form, profile.organisation.short_name, profile.town),
        *(", ".join((topic.title, *topic.synonyms)) for topic in profile.topics),
    ]
