"""Profiles of the demo network's organisations, one file each. The texts are our own."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from plugins.initiatives.services.content import EMPTY
from plugins.initiatives.services.profiles import create_profile, publish_profile
from plugins.initiatives.services.queries import get_profile
from plugins.initiatives.services.telling import tell_changed
from portal.sdk.access import Actor, system
from portal.sdk.database import session
from portal.sdk.network import Member, Organisation, Topic

FOLDER = Path(__file__).parent / "profiles"
FIRST_PUBLISHED = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
BETWEEN = timedelta(days=24, hours=2)


def load_profiles() -> None:
    """Write a profile for each organisation of the demo network that has a file here."""
    organisations = {one.slug: one for one in session.scalars(select(Organisation))}
    topics = set(session.scalars(select(Topic.slug)))
    for number, path in enumerate(sorted(FOLDER.glob("*.toml"))):
        if organisation := organisations.get(path.stem):
            _load(organisation, tomllib.loads(path.read_text(encoding="utf-8")), topics, number)
    _tell_of_a_colleague("hohenlohe2@portal.example", "innovationsregion-hohenlohe")


def _tell_of_a_colleague(address: str, slug: str) -> None:
    """What the other editors of an initiative find under their bell."""
    colleague = session.scalar(select(Member).where(Member.email == address))
    if colleague is not None:
        actor = Actor(id=colleague.id, name=colleague.name)
        tell_changed(actor, get_profile(system(), slug))


def _load(organisation: Organisation, data: dict[str, Any], topics: set[str], number: int) -> None:
    is_draft = data.pop("draft", False)
    values = {**EMPTY, **data, "topics": sorted(topics.intersection(data.get("topics", [])))}
    profile = create_profile(system(), organisation.id, values)
    if not is_draft:
        publish_profile(system(), organisation.slug)
        profile.published_at = FIRST_PUBLISHED + number * BETWEEN
