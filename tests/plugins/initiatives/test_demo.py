from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from plugins.initiatives import demo
from plugins.initiatives.models import Profile
from plugins.initiatives.services.content import snapshot, tidied
from portal.demo.places import ORGANISATIONS, TOPICS
from portal.members.naming import fold
from portal.sdk.database import session
from portal.sdk.network import LAENDER, Organisation, Topic


@pytest.fixture
def loaded(app: Flask) -> None:
    """The demo profiles on the demo's organisations."""
    for slug, name, short_name, kind, land, town in ORGANISATIONS:
        values = {"slug": slug, "name": name, "sort_name": fold(name), "short_name": short_name}
        session.add(Organisation(kind=kind, land=land, town=town, **values))
    session.add_all(Topic(slug=slug, title=title, synonyms=list(words)) for slug, title, words in TOPICS)
    session.flush()
    demo.load_profiles()


def test_load_profiles_covers_every_land_with_a_pin(loaded: None) -> None:
    seats = session.scalars(select(Organisation.land).join(Profile, Profile.organisation_id == Organisation.id))
    assert set(seats) == LAENDER.keys()
    assert session.scalar(select(func.count()).select_from(Profile).where(Profile.latitude.is_(None))) == 0


def test_load_profiles_writes_one_for_each_organisation(loaded: None) -> None:
    profiles = session.scalars(select(Profile)).all()
    assert len(profiles) == len(ORGANISATIONS)
    assert [profile.organisation.slug for profile in profiles if not profile.is_published] == ["antrieb-saaletal"]


def test_load_profiles_keeps_texts_as_a_form_sends_them_back(loaded: None) -> None:
    kept = [snapshot(profile) for profile in session.scalars(select(Profile))]
    assert kept == [tidied(values) for values in kept]
    assert any("\n" in values["text"] for values in kept)
