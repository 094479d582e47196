"""Changing what is known of a person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.audit.services.queries import find_last_change
from portal.audit.services.recording import record
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.members.models import Member
from portal.members.naming import sort_name_of
from portal.members.services.creating import check_address_is_free, clean_address, clean_function, clean_name
from portal.members.services.roles import require_roles_of
from portal.members.signals import address_changed, address_given
from portal.permissions.actor import Actor, require

LOCALES, THEMES = ("", "de", "en"), ("auto", "light", "dark")


def update_member(member: Actor, target_id: int, name: str, email: str | None, function: str, version: int) -> Member:
    """Change somebody's name, address and function.

    An account keeps needing an address, and only who holds all of somebody's roles may change it: whoever has it can
    have a new password sent there. One's own is changed with the password, never here.

    Raises Forbidden without ``members.edit``, NotFound, Conflict, Invalid."""
    require(member, "members.edit")
    target = load_to_edit(target_id, version)
    address = clean_address(email) or (target.email if target.state != "person" else None)
    check_address_is_free(address, but=target_id)
    if address != target.email:
        if target_id == member.id:
            raise Invalid("Your own address is changed in your account, under “Address”, with your password.", "email")
        require_roles_of(member, target_id)
    return _write(member, target, {"name": clean_name(name), "email": address, "function": clean_function(function)})


def set_locale(member: Actor, locale: str) -> None:
    """Remember the language a member chose; unknown ones are ignored."""
    target = db.session.get(Member, member.id) if member.id and locale in LOCALES else None
    if target is not None:
        target.locale = locale
        db.session.flush()


def set_theme(member: Actor, theme: str) -> None:
    """Remember the colour mode a member chose; unknown ones are ignored."""
    target = db.session.get(Member, member.id) if member.id and theme in THEMES else None
    if target is not None:
        target.theme = theme
        db.session.flush()


def load_to_edit(target_id: int, version: int) -> Member:
    """The person, locked, as the editor saw them. Raises NotFound, Conflict (who changed them meanwhile, when)."""
    target = db.session.scalar(select(Member).where(Member.id == target_id).with_for_update())
    if target is None:
        raise NotFound
    if target.version != version:
        who_and_when = find_last_change("member", target_id)
        raise Conflict("Somebody else changed this person while you were editing.", **who_and_when)
    return target


def _write(member: Actor, target: Member, values: dict[str, Any]) -> Member:
    """The audit names the changed fields; an address is personal and stays out of it."""
    before, changed = target.email, [name for name, value in values.items() if getattr(target, name) != value]
    if changed:
        _assign(target, values)
        if "email" in changed:
            address_changed.send(member_id=target.id)
            address_given.send(member_id=target.id, before=before)
        record(member, "member.updated", "member", target.id, {"name": target.name, "fields": changed})
    return target


def _assign(target: Member, values: dict[str, Any]) -> None:
    number, address = target.id, values.get("email")
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(target, name, value)
            target.sort_name = sort_name_of(target.name)
    except IntegrityError:
        check_address_is_free(address, but=number)  # somebody else took it at the same moment
        raise
