"""Values of profiles for tests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from plugins.initiatives.models import Profile, ProfileLand
from plugins.initiatives.services.content import EMPTY, snapshot
from plugins.initiatives.services.profiles import Edit, create_profile, publish_profile, update_profile
from portal.members.naming import fold
from portal.organisations.models import Organisation
from portal.organisations.services.creating import OrganisationData, update_organisation
from portal.permissions.actor import Actor, system
from portal.sdk.database import session, unit_of_work

SECRET_MAIL = "kanarienvogel@nordwerk.example"
SECRET_STREET = "Geheimgasse 7"


def values_of(**values: Any) -> dict[str, Any]:
    """A complete set of values with a summary."""
    return {**EMPTY, "summary": "Wir bauen Boote in Kiel.", "town": "Kiel", "laender": ["SH"], **values}


def make_profile(slug: str, *, is_published: bool = True, **values: Any) -> Profile:
    """The profile of an organisation of the small network, made by the portal itself."""
    organisation = session.scalars(select(Organisation).where(Organisation.slug == slug)).one()
    contact = {"mailbox": SECRET_MAIL, "street": SECRET_STREET}
    profile = create_profile(system(), organisation.id, values_of(**contact, **values))
    if is_published:
        publish_profile(system(), slug)
    session.commit()
    return profile


def make_many(number: int, first: int = 0) -> None:
    """So many organisations with published profiles, beside those that are there."""
    for index in range(first, first + number):
        name = f"Initiative {index:04}"
        organisation = Organisation(slug=f"initiative-{index}", name=name, sort_name=fold(name), land="NI")
        profile = Profile(organisation=organisation, state="published", audience=["public"], summary=name)
        profile.latitude, profile.longitude, profile.town = 51.5344, 9.9323, "Göttingen"
        profile.land_links = [ProfileLand(land="NI")]
        session.add(profile)
    session.commit()


def edit(profile: Profile, start: int | None = None, **values: Any) -> Edit:
    """What an editor sends who changed only ``values``."""
    return Edit({**snapshot(profile), **values}, profile.revision if start is None else start)


def save(member: Actor, profile: Profile, start: int | None = None, **values: Any) -> bool:
    """Save such an edit; whether it was merged."""
    return update_profile(member, profile.organisation.slug, edit(profile, start, **values)).is_merged


def form_of(profile: Profile, **values: Any) -> dict[str, Any]:
    """The fields that a browser sends for a profile, with some of them changed."""
    texts = {
        name: "\n".join(value) if isinstance(value, list) else value or "" for name, value in snapshot(profile).items()
    }
    lists = {"topics": [topic.slug for topic in profile.topics], "laender": profile.laender}
    return {**texts, **lists, "revision": profile.revision, **values}


def rename(slug: str, name: str) -> None:
    """Give an organisation another name, and so another address."""
    with unit_of_work():
        organisation = session.scalars(select(Organisation).where(Organisation.slug == slug)).one()
        update_organisation(system(), slug, OrganisationData(name, town=organisation.town), organisation.version)
