"""What lies below an event follows the event's state as it is now, and deleted things leave no versions."""

import sqlalchemy as sa
from flask import Flask

from plugins.events.models import Event, Section
from plugins.events.services import events, sections, versions
from plugins.events.services.holding import hold_event
from portal.extensions import db
from portal.permissions.actor import system
from portal.sdk.database import session, unit_of_work
from portal.sdk.revisions import list_revisions
from tests.plugins.events.conftest import event_values, make_event


def test_a_writer_sees_that_the_event_was_withdrawn_meanwhile(app: Flask) -> None:
    made = make_event("Treffen", "canary", publish=True)
    session.commit()
    event = session.get_one(Event, made.event)
    assert event.state == "published"
    session.commit()
    with db.engine.begin() as other:
        other.execute(sa.update(Event).where(Event.id == made.event).values(state="draft"))
    with unit_of_work():
        hold_event(system(), event.id)
        assert event.state == "draft"


def test_restoring_a_text_leaves_its_audience(app: Flask) -> None:
    made = make_event("Treffen", "canary", publish=True)
    number = made.sections["public"]
    with unit_of_work():
        section = sections.update_section(system(), number, 1, {"audience_choice": "team"})
    with unit_of_work():
        restored = versions.restore_version(system(), "section", section, section.version, 1, "")
        assert isinstance(restored, Section)
        assert (restored.audience_choice, restored.audience) == ("team", ["permission:events.edit"])


def test_a_deleted_draft_leaves_no_versions(app: Flask) -> None:
    made = make_event("Treffen", "canary", publish=False)
    with unit_of_work():
        events.delete_event(system(), made.event)
    with unit_of_work():
        events.create_event(system(), event_values("Neu"))
    things = [("events.section", number) for number in made.sections.values()]
    assert [list_revisions(kind, number)[0] for kind, number in things] == [[] for _ in things]
