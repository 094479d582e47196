"""Being forgotten: asked for, thought over, done. What somebody contributed stays under the name of nobody."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import Text, cast, delete, func, or_, select, update

from portal.audit.models import AuditEntry
from portal.audit.services.chain import forget_part
from portal.audit.services.recording import record
from portal.database import Base, utcnow
from portal.errors import Forbidden, Invalid, NotFound, Unavailable
from portal.extensions import db
from portal.files.services.deleting import delete_attachments
from portal.jobs import enqueue, job
from portal.login.services.throttling import forget_tries
from portal.mail.services.outbox import create_mail, forget_mails
from portal.members.models import Member
from portal.members.naming import sort_name_of
from portal.members.services.photos import SUBJECT as PHOTO
from portal.members.services.roles import is_last_admin, require_roles_of
from portal.members.signals import member_disabled
from portal.notices.services.keeping import forget_about
from portal.permissions.actor import Actor, require, system
from portal.plugin_host.announcements import announce_saved
from portal.plugin_host.asking import ask, ask_resting, implementing
from portal.privacy.messages import cancelled_mail, requested_mail
from portal.privacy.models import FILES, ErasureRemainder
from portal.privacy.services.collecting import naming_address, pointing_at_member
from portal.privacy.services.exporting import delete_exports

NOBODY = "Ehemaliges Mitglied"
# Where the audit log names people in its details.
OF_PEOPLE = {"who", "person", "member", "email", "address", "recipient"}
OF_A_PERSON = {"invitation", "access_request", "participation"}  # what bears somebody's name


def request_erasure(member: Actor, typed: str, days: int) -> Member:
    """Ask to be forgotten in ``days`` days; ``typed`` must be one's own address, so that no slip does it.

    Raises Forbidden for the public, Invalid for another address or the last admin."""
    target = _own(member)
    if typed.strip().lower() != target.email:
        raise Invalid("Please type your own e-mail address.", "address")
    if is_last_admin(target.id):
        raise Invalid("The last admin can't be erased. Give the role to somebody else first.")
    target.erase_at = utcnow() + timedelta(days=days)
    db.session.flush()
    record(member, "member.erasure_requested", "member", target.id, {"name": target.name})
    create_mail(target.email or "", *requested_mail(target))
    return target


def cancel_erasure(member: Actor) -> None:
    """Stay after all. Raises Forbidden for the public, NotFound if nothing was asked for."""
    target = _own(member)
    if target.erase_at is None:
        raise NotFound
    target.erase_at = None
    db.session.flush()
    record(member, "member.erasure_cancelled", "member", target.id, {"name": target.name})
    create_mail(target.email or "", *cancelled_mail(target))


def erase_member(member: Actor, target_id: int) -> None:
    """Forget somebody at once: account, personal fields, photo, ways in; contributions stay under :data:`NOBODY`.

    Plugins that are switched off take part too; what one that can't be asked may hold is noted, and asked for later.
    Raises Forbidden without ``members.disable`` or for who holds more roles, NotFound, Invalid for the last admin,
    Unavailable if a plugin in force did not take part (nothing is changed then)."""
    require(member, "members.disable")
    target = db.session.scalar(select(Member).where(Member.id == target_id).with_for_update())
    if target is None or target.erased_at is not None:
        raise NotFound
    require_roles_of(member, target_id)
    if is_last_admin(target_id):
        raise Invalid("The last admin can't be erased. Give the role to somebody else first.")
    name, email = target.name, target.email
    unheard = _ask_plugins(target_id)
    member_disabled.send(member_id=target_id)
    delete_exports(target_id)
    delete_attachments(system(), PHOTO, [target_id])
    db.session.flush()
    _delete_rows(target_id, email)
    forget_about(target_id)
    _anonymise(target_id)
    _reduce_audit(target_id, name, email)
    db.session.add_all([ErasureRemainder(member_id=target_id, plugin_id=one) for one in (*unheard, FILES)])
    record(member, "member.erased", "member", target_id, {"name": NOBODY})
    announce_saved(member, "members.member", target_id)


@job("privacy.erase_due", every=3600)
def erase_due() -> None:
    """Nudge for everybody whose days of thinking it over have passed."""
    due = select(Member.id).where(Member.erase_at <= utcnow(), Member.erased_at.is_(None)).limit(100)
    for member_id in db.session.scalars(due):
        enqueue("privacy.erase", member_id=member_id)


@job("privacy.erase")
def erase_if_due(member_id: int) -> None:
    """Forget a member whose time has come and who has not changed their mind; twice does no harm."""
    target = db.session.get(Member, member_id)
    if target is not None and target.erase_at and target.erase_at <= utcnow() and target.erased_at is None:
        erase_member(system(), member_id)


def _own(member: Actor) -> Member:
    target = db.session.scalar(select(Member).where(Member.id == member.id).with_for_update()) if member.id else None
    if target is None:
        raise Forbidden("Please log in first.")
    return target


def _ask_plugins(member_id: int) -> list[str]:
    """Each plugin in force that keeps something of people must have said that it is done; gives those that rest and
    could not be asked."""
    done = {plugin for plugin, _count in ask("portal_member_erased", member_id=member_id)}
    if missing := [plugin for plugin in implementing("portal_member_erased") if plugin not in done]:
        raise Unavailable("A plugin could not take part: %(plugin)s.", plugin=", ".join(missing))
    return [plugin for plugin, is_done in ask_resting("portal_member_erased", member_id=member_id) if not is_done]


def _delete_rows(member_id: int, email: str | None) -> None:
    """All rows of the core that belong to the member or hold the address: sessions, factors, links, words, mails."""
    for table in Base.metadata.sorted_tables:
        named = [column == member_id for column in pointing_at_member(table, "CASCADE")]
        named += [column == email for column in naming_address(table) if email]
        if named:
            db.session.execute(delete(table).where(or_(*named)))
    if email:
        forget_tries(account=email)
        forget_mails(email)


def _find_naming(name: str, email: str | None) -> list[int]:
    """Entries about other things that name this person: by the address, or by a name that nobody else bears, where
    a person's name stands. Whoever takes a name like "true" or that of a colleague wipes nothing out of the log."""
    is_shared = db.session.scalar(select(func.count()).where(Member.name == name)) or 0
    words = [word for word in (email, name if " " in name and not is_shared else None) if word]
    if not words:
        return []
    details = cast(AuditEntry.details, Text)
    likely = or_(*(details.contains(json.dumps(word)[1:-1], autoescape=True) for word in words))
    rows = db.session.execute(select(AuditEntry.id, AuditEntry.subject_type, AuditEntry.details).where(likely))
    return [row.id for row in rows if _names(row.details, row.subject_type.rpartition(".")[2] in OF_A_PERSON, words)]


def _names(details: dict[str, Any], bears_a_name: bool, words: list[str]) -> bool:
    keys = OF_PEOPLE | ({"name"} if bears_a_name else set())
    values = [str(value).partition(" – ")[0] for key, value in details.items() if key in keys]
    return any(value in words for value in values)


def _anonymise(member_id: int) -> None:
    blank = {"title": "", "function": "", "phone": "", "about": "", "languages": [], "locale": "", "timezone": ""}
    gone = {"email": None, "password_hash": "", "theme": "", "last_login_at": None, "previous_login_at": None}
    values = {"name": NOBODY, "sort_name": sort_name_of(NOBODY), "state": "disabled", "erased_at": utcnow()}
    changed = {**blank, **gone, **values, "erase_at": None, "version": Member.version + 1}
    db.session.execute(update(Member).where(Member.id == member_id).values(**changed))
    db.session.expire_all()


def _reduce_audit(member_id: int, name: str, email: str | None) -> None:
    """The lines of the log stay; who they name, and names and addresses in their details, are taken away."""
    about = (AuditEntry.subject_type == "member") & (AuditEntry.subject_id == str(member_id))
    for entry in db.session.scalars(select(AuditEntry).where(about)):
        forget_part(entry, "details")
    for entry_id in _find_naming(name, email):
        forget_part(db.session.get_one(AuditEntry, entry_id), "details")
    acted = (AuditEntry.actor_id == member_id) | (AuditEntry.actor_number == member_id)
    for entry in db.session.scalars(select(AuditEntry).where(acted)):
        forget_part(entry, "actor")
        forget_part(entry, "network")
    db.session.flush()
