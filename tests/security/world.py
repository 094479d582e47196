"""A network in which everything exists that could leak: public, internal, restricted and unpublished, side by side."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from plugins.events.models import Event, Section
from plugins.events.services import attachments, covers, events, pitches, results, sections
from plugins.events.services.participations import create_participation
from plugins.initiatives.services.content import snapshot
from plugins.initiatives.services.profiles import Edit, create_profile, publish_profile, update_profile
from plugins.initiatives.services.queries import get_profile
from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.files.models import Attachment
from portal.login.models import LoginSession, Passkey, SignOn
from portal.login.services.links import create_link
from portal.login.services.tokens import hash_token
from portal.members.models import Member
from portal.members.naming import fold, sort_name_of
from portal.notices.models import Notice
from portal.notices.signing import sign
from portal.organisations.models import Membership, Organisation
from portal.permissions.actor import system
from portal.sdk.files import Description
from portal.topics.models import Topic
from tests.fixtures.people import Network, open_login
from tests.portal.files import samples
from tests.security import canaries
from tests.security.canaries import ROLES
from tests.security.ways_in import build_ways_in

SYSTEM = system()
WHEN = datetime(2025, 9, 18, 8, tzinfo=UTC)


@dataclass
class World:
    """What addresses are made of: values by state, log-ins and their sessions by role."""

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)


def build_world() -> World:
    """Write everything into the small network; commits."""
    world = World()
    with unit_of_work():
        _build_people(world)
        _build_open_event(world)
        _build_draft_event(world)
        _build_inner_event(world)
    with unit_of_work():
        _build_profiles(world)
    _open_sessions(world)
    return world


def _build_people(world: World) -> None:
    network = Network()
    invited = Member(name="Ida Geladen", sort_name=sort_name_of("Ida Geladen"), email="invited@netz.example")
    invited.state = "invited"
    db.session.add_all([invited, Topic(slug="fachkraefte", title="Fachkräfte", synonyms=["Personal"])])
    db.session.flush()
    active, disabled = network.member("coeditor"), network.member("disabled")
    nordwerk = network.organisation("nordwerk").id
    links = {**build_ways_in(world, invited, active.id, nordwerk), "reset": create_link(active.id, "reset")}
    links["unsubscribe"] = sign(active.id, "members.rights_changed")
    world.values["active"] = {"member_id": active.id, "organisation_id": nordwerk, "version": active.version, **links}
    world.values["disabled"] = {
        "member_id": disabled.id,
        "organisation_id": nordwerk,
        "version": disabled.version,
        "invitation": "not-a-link",
        "reset": create_link(disabled.id, "reset"),
    }
    world.values["team"] = {"slug": "nordwerk", "member_id": active.id, "successor": network.member("editor").id}
    world.values["invited"] = {"member_id": invited.id, "kept": active.id}


def _build_open_event(world: World) -> None:
    event = _event("Offenes Netzwerktreffen", f"Früher stand hier {canaries.OLD_TEXT}.", "public", canaries.INTERNAL)
    part = _section(event, "Begrüßung für alle", "public")
    _section(event, f"Labor {canaries.MEMBER_PART}", "inherit")
    _section(event, f"Runde {canaries.PARTICIPANTS_PART}", "participants", canaries.INNER_FILE)
    _section(event, f"Nachlese {canaries.TEAM_PART}", "team")
    photo = _file(event, "treffen.jpg", samples.picture(), "Das Treffen")
    _file(event, "notizen.txt", f"Für alle {canaries.MEMBER_PART}".encode(), "Notizen")
    events.publish_event(SYSTEM, event.id)
    covers.choose_cover(SYSTEM, event.id, photo.id)
    note = _participant(event, "participant", is_listed=True)
    _participant(event, "coeditor", is_listed=False)
    world.values["published"] = {**_values(event, part, photo), "participation_id": note}
    names = {"member file": "notizen.txt", "participants file": f"{canaries.INNER_FILE.lower()}.txt"}
    for state, name in names.items():
        file = db.session.scalars(select(Attachment).where(Attachment.file_name == name)).one()
        world.values[state] = {"key": file.key, "name": file.file_name, "attachment_id": file.id}


def _build_draft_event(world: World) -> None:
    event = _event(f"Entwurf {canaries.DRAFT}", canaries.DRAFT, "public", canaries.DRAFT)
    part = _section(event, canaries.DRAFT, "public", canaries.DRAFT)
    photo = _file(event, f"{canaries.DRAFT.lower()}.jpg", samples.picture(), canaries.DRAFT)
    note = _participant(event, "coeditor", is_listed=False)
    world.values["draft"] = {**_values(event, part, photo), "participation_id": note}


def _build_inner_event(world: World) -> None:
    event = _event(f"Klausur {canaries.INNER_EVENT}", canaries.INNER_EVENT, "participants", canaries.INNER_EVENT)
    part = _section(event, canaries.INNER_EVENT, "inherit", canaries.INNER_EVENT)
    photo = _file(event, f"{canaries.INNER_EVENT.lower()}.jpg", samples.picture(), canaries.INNER_EVENT)
    events.publish_event(SYSTEM, event.id)
    note = _participant(event, "participant", is_listed=True)
    world.values["inner"] = {**_values(event, part, photo), "participation_id": note}


def _event(title: str, lookback: str, audience: str, internal: str) -> Event:
    values = {"title": title, "starts_at": WHEN, "audience_choice": audience, "teaser": f"{title} in Bonn"}
    event = events.create_event(SYSTEM, {**values, "lookback": lookback, "internal": f"Nur intern: {internal}"})
    later = {"motto": f"Motto {title}", "lookback": f"Es war gut in Bonn: {title}."}
    return events.update_event(SYSTEM, event.id, event.version, later)


def _section(event: Event, title: str, audience: str, file_text: str = "") -> Section:
    section = sections.create_section(SYSTEM, event.id, {"title": title, "text": title, "audience_choice": audience})
    nordwerk = Network().organisation("nordwerk").id
    pitches.create_pitch(SYSTEM, section.id, {"title": title, "challenge": title, "organisation_id": nordwerk})
    results.create_result(SYSTEM, section.id, {"kind": "finding", "text": title})
    if file_text:
        _file(section, f"{file_text.lower()}.txt", f"Notizen {file_text}".encode(), file_text)
    return section


def _participant(event: Event, who: str, *, is_listed: bool) -> int:
    values = {"person": Network().member(who).email, "is_listed": is_listed}
    return create_participation(SYSTEM, event.id, values).id


def _file(owner: Event | Section, name: str, content: bytes, title: str) -> Attachment:
    words = Description(title=title, alt_text=title, caption=title, credit="Netz", consent_note=canaries.CONSENT)
    received = attachments.receive_upload(SYSTEM, name, io.BytesIO(content))
    return attachments.create_file(SYSTEM, owner, received, words)


def _values(event: Event, section: Section, photo: Attachment) -> dict[str, Any]:
    db.session.flush()
    db.session.refresh(section)
    return {
        "slug": event.slug,
        "section_id": section.id,
        "version": event.version,
        "event_id": event.id,
        "pitch_id": section.pitches[0].id,
        "result_id": section.results[0].id,
        "attachment_id": photo.id,
        "key": photo.key,
        "name": photo.file_name,
    }


def _build_profiles(world: World) -> None:
    """Nordwerk's is published, Nordlicht's a draft of the same editors; Westkreis and Ostbund belong to others."""
    network = Network()
    for slug, editors in {"nordlicht": ("editor", "coeditor"), "nordhafen": ("editor",), "westkreis": ()}.items():
        _organisation(slug, [network.member(who).id for who in editors])
    _organisation("ostbund", [])
    old = {"summary": f"Früher {canaries.OLD_PROFILE}."}
    _profile("nordwerk", old, published=True)
    own = {"summary": "Wir sind der Norden.", "street": f"{canaries.OWN_STREET} 7", "contact_reach": "organisation"}
    world.values["profile"] = _profile_edit("nordwerk", own)
    _profile("nordlicht", {"summary": canaries.DRAFT_PROFILE, "text": canaries.DRAFT_PROFILE}, published=False)
    world.values["draft profile"] = _profile_edit("nordlicht", {"claim": canaries.DRAFT_PROFILE})
    _profile("westkreis", {"summary": "Wir sind der Westen."}, published=True)
    contact = {"phone": canaries.INNER_PHONE, "contact_reach": "member"}
    world.values["foreign profile"] = _profile_edit("westkreis", contact)
    inner = {"summary": canaries.INNER_PROFILE, "reach": "member"}
    world.values["inner profile"] = _profile("ostbund", inner, published=True)
    world.values["no profile"] = {"organisation_id": network.organisation("nordhafen").id}


def _organisation(slug: str, editors: list[int]) -> None:
    name = slug.title()
    organisation = Organisation(slug=slug, name=name, sort_name=fold(name), land="NI", town="Göttingen")
    db.session.add(organisation)
    db.session.flush()
    for member_id in editors:
        db.session.add(Membership(member_id=member_id, organisation_id=organisation.id, role="editor"))
    db.session.flush()


def _profile(slug: str, values: dict[str, Any], *, published: bool) -> dict[str, Any]:
    profile = create_profile(SYSTEM, Network().organisation(slug).id, values)
    if published:
        publish_profile(SYSTEM, slug)
    return {"slug": slug, "number": 1, "version": profile.revision}


def _profile_edit(slug: str, changes: dict[str, Any]) -> dict[str, Any]:
    profile = get_profile(SYSTEM, slug)
    saved = update_profile(SYSTEM, slug, Edit({**snapshot(profile), **changes}, profile.revision))
    return {"slug": slug, "number": 1, "version": saved.profile.revision}


def _open_sessions(world: World) -> None:
    """One log-in for each role; that of the disabled member has outlived its end, as if its row had been forgotten."""
    for role in ROLES[1:]:
        world.tokens[role] = open_login(role)
        with unit_of_work():
            rows = select(LoginSession.id).where(LoginSession.token_hash == hash_token(world.tokens[role]))
            world.sessions[role] = db.session.scalars(rows).one()
    world.tokens["coeditor"] = open_login("coeditor")
    with unit_of_work():  # the last proof stays fresh, however long the tests take
        db.session.execute(update(LoginSession).values(confirmed_at=utcnow() + timedelta(days=1)))
        passkey = Passkey(member_id=Network().member("coeditor").id, credential_id="k", public_key=b"k", name="Laptop")
        sign_on = SignOn(member_id=passkey.member_id, issuer="https://id.example", subject="coeditor")
        db.session.add_all([passkey, sign_on])
        db.session.flush()
        world.values["foreign sign-on"] = {"sign_on_id": sign_on.id}
        world.values["foreign passkey"] = {"passkey_id": passkey.id}
        notice = Notice(member_id=passkey.member_id, kind="login.security", subject="1", path="/me/security")
        notice.params = {"event": "password_changed"}
        db.session.add(notice)
        db.session.flush()
        world.values["foreign notice"] = {"notice_id": notice.id}
    with unit_of_work():
        rows = select(LoginSession.id).where(LoginSession.token_hash == hash_token(world.tokens["coeditor"]))
        world.values["foreign session"] = {"session_id": db.session.scalars(rows).one()}
