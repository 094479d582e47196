"""The large network for measurements: as many of everything as was asked for, and as sound as what people write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from plugins.events.models import Event, Section
from plugins.initiatives.models import Profile
from portal.database import unit_of_work
from portal.demo.invented import organisation_name, person_name, sentence
from portal.demo.scale import fill_network
from portal.extensions import db
from portal.members.models import Member
from portal.organisations.models import Membership, Organisation
from portal.plugin_host.host import EXTENSION, PluginHost
from tests.fixtures.client import PortalClient
from tests.plugins.initiatives.samples import form_of

SCALE = 12
LogIn = Callable[..., PortalClient]


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def host(app: Flask) -> PluginHost:
    return app.extensions[EXTENSION]


@pytest.fixture
def filled(host: PluginHost) -> None:
    with unit_of_work():
        fill_network(SCALE)
    for plugin_id in host.now.effective:
        with unit_of_work():
            host.ask_one(plugin_id, "portal_demo_load", scale=SCALE)


def test_words_are_the_same_for_the_same_number() -> None:
    assert [person_name(7), sentence(7)] == [person_name(7), sentence(7)]
    assert len({organisation_name(number) for number in range(500)}) == 500


def test_everything_is_there_in_the_asked_number(filled: None) -> None:
    assert [count(model) for model in (Organisation, Member, Event, Profile)] == [SCALE, 10 * SCALE, SCALE, SCALE]
    editors = select(func.count(Membership.organisation_id.distinct())).where(Membership.role == "editor")
    assert db.session.scalar(editors) == SCALE


def test_filling_again_adds_nothing(filled: None) -> None:
    fill_network(SCALE)
    assert (count(Organisation), count(Member)) == (SCALE, 10 * SCALE)


def test_internal_sections_stay_internal(filled: None, client: PortalClient, login: LogIn) -> None:
    event = db.session.scalars(select(Event).where(Event.audience_choice == "public").limit(1)).one()
    sections = select(Section).where(Section.event == event)
    hidden = db.session.scalars(sections.where(Section.audience_choice == "participants")).one()
    title, address = hidden.title, f"/events/{event.slug}"
    assert title not in client.get(address).text
    assert title not in login("member").get(address).text
    assert title in login("editorial").get(address).text


def test_profiles_can_be_edited_without_conflict(filled: None, login: LogIn) -> None:
    profile = db.session.scalars(select(Profile).order_by(Profile.id.desc()).limit(1)).one()
    form, address = form_of(profile, claim="Neu gesagt"), f"/initiatives/{profile.organisation.slug}"
    assert login("editorial").post(f"{address}/edit", data=form).status_code == 302
    assert "Neu gesagt" in login("editorial").get(address).text


def test_numbers_of_rows_go_on_after_it(filled: None) -> None:
    db.session.add(Organisation(slug="danach", name="Danach", sort_name="danach"))
    db.session.flush()
    assert db.session.scalar(text("SELECT count(*) FROM organisation")) == SCALE + 1
