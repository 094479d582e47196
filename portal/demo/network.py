"""Organisations, accounts and people of the demo network; plugins add their own part by ``portal_demo_load``."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.demo.places import ORGANISATIONS, TOPICS
from portal.extensions import db
from portal.login.services.passwords import hash_password
from portal.members.models import Member
from portal.members.naming import fold, sort_name_of
from portal.notices.names import JOINED
from portal.notices.services.readable import joined_subject
from portal.notices.services.telling import notify
from portal.organisations.models import Membership, Organisation
from portal.permissions.actor import Actor
from portal.permissions.models import MemberRole, Role
from portal.topics.models import Topic

PASSWORD = "Netzwerk-2023-demo"  # noqa: S105 (printed on purpose: the accounts are for trying out)


@dataclass(frozen=True)
class Account:
    """A demo account. ``membership`` is "editor", "representative" or "" (belongs to no organisation)."""

    email: str
    name: str
    function: str
    role: str = ""
    organisation: str = ""
    membership: str = ""


ACCOUNTS = (
    Account(
        "admin@portal.example", "Carola Weidenfeld", "Technik der Servicestelle", "admin", "servicestelle", "editor"
    ),
    Account(
        "redaktion@portal.example",
        "Jonas Ahrenberg",
        "Redaktion der Servicestelle",
        "editorial",
        "servicestelle",
        "editor",
    ),
    Account(
        "hohenlohe@portal.example",
        "Miriam Öhlschläger",
        "Projektleitung MINTec Hohenlohe",
        "",
        "innovationsregion-hohenlohe",
        "editor",
    ),
    Account(
        "hohenlohe2@portal.example",
        "Tobias Rautenstrauch",
        "Öffentlichkeitsarbeit",
        "",
        "innovationsregion-hohenlohe",
        "editor",
    ),
    Account(
        "neukoelln@portal.example",
        "Ayla Demirtan",
        "Netzwerkmanagement",
        "",
        "unternehmensnetzwerk-neukoelln",
        "editor",
    ),
    Account("mitglied@portal.example", "Henrike Voßkamp", "Regionalmanagement", "", "retrason", "representative"),
    Account(
        "neu@portal.example", "Lukas Brandl", "Referent", "", "kunststoff-initiative-bonn-rhein-sieg", "representative"
    ),
)

PEOPLE = (
    ("Dr. Friederike Lindacher", "Rednerin und Beraterin für agiles Arbeiten", ""),
    ("Maximilian Körber", "Auszubildender und MINT-Botschafter", "innovationsregion-hohenlohe"),
    ("Selin Yıldırım", "Projektkoordination", "kunststoff-initiative-bonn-rhein-sieg"),
    ("Bernd Osterloh-Kruse", "Transformationsmanagement", "retrason"),
    ("Katja Zimmerling", "Unternehmensbotschafterin", "unternehmensnetzwerk-neukoelln"),
    ("Paulina Grabowska", "Moderation", "servicestelle"),
    ("Elias Thormählen", "Geschäftsführung", "maritime-zulieferer-weserland"),
    ("Nadja Reinecke-Sommer", "Fachkräftesicherung", "metallforum-suedharz"),
)


def load_network() -> None:
    """Write organisations, topics, accounts and people to an empty database."""
    organisations = {one.slug: one for one in _organisations()}
    db.session.add_all(organisations.values())
    db.session.add_all(Topic(slug=slug, title=title, synonyms=list(words)) for slug, title, words in TOPICS)
    db.session.flush()
    roles = {role.name: role.id for role in db.session.scalars(select(Role))}
    shared_hash = hash_password(PASSWORD)
    for account in ACCOUNTS:
        _add_account(account, shared_hash, organisations, roles)
    for name, function, slug in PEOPLE:
        _add_member(
            Member(name=name, sort_name=sort_name_of(name), function=function),
            organisations.get(slug),
            "representative",
        )
    db.session.flush()
    _tell_of_colleagues(organisations["innovationsregion-hohenlohe"])


def _tell_of_colleagues(place: Organisation) -> None:
    """What the editors of an organisation find under their bell."""
    rows = select(Membership).where(Membership.organisation_id == place.id)
    memberships = list(db.session.scalars(rows))
    readers = [one.member_id for one in memberships if one.role == "editor"]
    for one in memberships:
        if one.role != "editor":
            params = {"name": one.member.name, "organisation": place.name}
            subject, path = joined_subject(place.id, one.member_id), f"/members/{one.member_id}"
            notify(Actor(), JOINED, readers, subject, path, params, about=one.member_id)


def _organisations() -> list[Organisation]:
    return [
        Organisation(slug=slug, name=name, sort_name=fold(name), short_name=short, kind=kind, land=land, town=town)
        for slug, name, short, kind, land, town in ORGANISATIONS
    ]


def _add_account(
    account: Account, password_hash: str, organisations: dict[str, Organisation], roles: dict[str, int]
) -> None:
    member = Member(
        name=account.name,
        sort_name=sort_name_of(account.name),
        email=account.email,
        function=account.function,
        state="active",
        password_hash=password_hash,
    )
    _add_member(member, organisations.get(account.organisation), account.membership)
    if account.role:
        db.session.add(MemberRole(member_id=member.id, role_id=roles[account.role]))


def _add_member(member: Member, organisation: Organisation | None, membership: str) -> None:
    db.session.add(member)
    db.session.flush()
    if organisation is not None:
        db.session.add(Membership(member_id=member.id, organisation_id=organisation.id, role=membership))
