"""Cards of the start page: the public sees what is open to all, members see more."""

from __future__ import annotations

from collections.abc import Callable

from plugins.events.services import events
from portal.permissions.actor import system
from portal.sdk.database import unit_of_work, utcnow
from tests.fixtures.client import PortalClient
from tests.plugins.events.conftest import WEEK, event_values

Login = Callable[[str], PortalClient]


def publish(title: str, audience: str, **more: object) -> None:
    with unit_of_work():
        event = events.create_event(system(), event_values(title, audience_choice=audience, **more))
        events.publish_event(system(), event.id)


def test_the_public_sees_open_reports_and_events_only(client: PortalClient, login: Login) -> None:
    publish("Offener Bericht", "public")
    publish("Bericht der Mitglieder", "member")
    publish("Kommende Runde der Mitglieder", "member", starts_at=utcnow() + WEEK)
    for text, seen in ((client.get("/").text, False), (login("member").get("/").text, True)):
        assert "Offener Bericht" in text
        assert ("Bericht der Mitglieder" in text, "Kommende Runde" in text) == (seen, seen)


def test_a_draft_is_on_no_card(client: PortalClient, login: Login) -> None:
    with unit_of_work():
        events.create_event(system(), event_values("Heimlicher Entwurf", audience_choice="public"))
    assert all("Heimlicher Entwurf" not in one.get("/").text for one in (client, login("member")))
