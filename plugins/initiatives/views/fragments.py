"""Cards of the dashboard and the section on an organisation's page."""

from __future__ import annotations

from flask import render_template

from plugins.initiatives.services.completeness import measure_completeness
from plugins.initiatives.services.confirming import is_confirmation_due
from plugins.initiatives.services.queries import (
    find_of_organisation,
    list_newest,
    list_of_person,
    list_own,
    list_without_profile,
)
from plugins.initiatives.services.rules import may_edit
from plugins.initiatives.words import FIELD_TITLES
from portal.sdk.access import Actor
from portal.sdk.network import Member, Organisation


def render_own(member: Actor) -> str:
    """The member's own initiatives with what is still missing; "" for those who are editor of none."""
    if not member.edited_organisations:
        return ""
    profiles = list_own(member)
    have_all = len(profiles) == len(member.edited_organisations)
    can_create = not have_all and bool(list_without_profile(member))
    if not profiles and not can_create:  # all of theirs are archived
        return ""
    return render_template(
        "initiatives/card_own.html",
        own=[(profile, measure_completeness(profile), is_confirmation_due(profile)) for profile in profiles],
        can_create=can_create,
        titles=FIELD_TITLES,
    )


def render_newest(member: Actor) -> str:
    """The profiles published last; "" while there is none."""
    profiles = list_newest(member)
    return render_template("initiatives/card_newest.html", profiles=profiles) if profiles else ""


def render_organisation(member: Actor, organisation: Organisation) -> str:
    """What an organisation tells of itself, in short; for its editors also the way to a profile."""
    profile = find_of_organisation(member, organisation.id)
    offers = may_edit(member, organisation)
    if profile is None and not offers:
        return ""
    return render_template(
        "initiatives/slot_organisation.html", profile=profile, organisation=organisation, may_edit=offers
    )


def render_person(member: Actor, person: Member) -> str:
    """What the initiatives are that somebody belongs to; "" where there is nothing that the reader may see."""
    profiles = list_of_person(member, person.id)
    return render_template("initiatives/slot_member.html", profiles=profiles) if profiles else ""
