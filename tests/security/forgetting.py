"""The same database as if what one reader may not read had never been written."""

from __future__ import annotations

from sqlalchemy import delete, not_, update

from plugins.events.models import Base as EventsBase
from plugins.events.models import Event, Participation
from plugins.initiatives.models import Base as InitiativesBase
from plugins.initiatives.models import Profile
from plugins.initiatives.services.content import CONTACT
from plugins.initiatives.services.rules import reads_contact
from portal.database import Base, unit_of_work
from portal.extensions import db
from portal.permissions.actor import Actor
from portal.permissions.audiences import visible_to
from portal.revisions.models import Revision


def forget_what_is_hidden(reader: Actor) -> int:
    """Delete every row whose audience leaves the reader out, and the parts of others; gives how many rows went."""
    with unit_of_work():
        hidden = not_(visible_to(Event.internal_audience, reader))
        db.session.execute(update(Event).where(hidden).values(internal="", internal_audience=Event.audience))
        _forget_contacts(reader)
        gone = sum(_delete_hidden(model, reader) for model in list_protected_models())
        gone += db.session.execute(delete(Revision)).rowcount  # type: ignore[attr-defined]
        return gone + db.session.execute(delete(Participation)).rowcount  # type: ignore[attr-defined]


def list_protected_models() -> list[type]:
    """Every model of the core and the plugins with an audience."""
    mappers = [mapper for base in (Base, EventsBase, InitiativesBase) for mapper in base.registry.mappers]
    return [mapper.class_ for mapper in mappers if "audience" in mapper.columns]


def _delete_hidden(model: type, reader: Actor) -> int:
    gone = delete(model).where(not_(visible_to(model.audience, reader)))  # type: ignore[attr-defined]
    return db.session.execute(gone.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined]


def _forget_contacts(reader: Actor) -> None:
    for profile in db.session.query(Profile):
        if not reads_contact(reader, profile.contact_reach, profile.organisation_id):
            values = dict.fromkeys(CONTACT, "")
            db.session.execute(update(Profile).where(Profile.id == profile.id).values(**values))
