"""How the plugin is."""

from __future__ import annotations

from sqlalchemy import func, select

from plugins.events.models import Event, Section
from plugins.events.services.audiences import TEAM
from portal.sdk.contributions import Check
from portal.sdk.database import session
from portal.sdk.i18n import gettext as _


def list_checks() -> list[Check]:
    """Counts what is there, and looks for drafts or their sections that others than the team could read."""
    published = session.scalar(select(func.count(Event.id)).where(Event.state == "published")) or 0
    drafts = list(session.scalars(select(Event).where(Event.state == "draft")))
    open_drafts = [event.id for event in drafts if event.audience != [TEAM] or event.internal_audience != [TEAM]]
    open_sections = [row for row in _audiences_of([event.id for event in drafts]) if row != [TEAM]]
    return [
        Check("events", True, _("%(published)s published, %(drafts)s drafts", published=published, drafts=len(drafts))),
        Check(
            "audiences",
            not open_drafts and not open_sections,
            _("Drafts are closed") if not open_drafts and not open_sections else _("A draft can be read by others"),
        ),
    ]


def _audiences_of(event_ids: list[int]) -> list[list[str]]:
    return list(session.scalars(select(Section.audience).where(Section.event_id.in_(event_ids))))
