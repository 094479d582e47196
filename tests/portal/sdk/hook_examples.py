"""One example of each hook, as the pages under docs/plugins/hooks show it: a plugin "polls" that asks the network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from flask import render_template

from portal.sdk import hookimpl
from portal.sdk.access import Actor, Permission
from portal.sdk.api import ApiBlueprint
from portal.sdk.contributions import Card, Check, Job, MenuEntry, NoticeKind, SearchDocument, SearchType, Slot
from portal.sdk.hooks import Refuse
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.settings import Setting
from portal.sdk.web import PortalBlueprint

blueprint = PortalBlueprint("polls", __name__)
api = ApiBlueprint("polls", __name__, "Polls that anybody may read")
polls: Any = None  # stands for the services of the plugin


def render_open(member: Actor) -> str:
    """The open polls of the member, as HTML; "" shows no card."""
    return render_template("polls/card_open.html", polls=polls.list_open(member))


@hookimpl
def portal_blueprints() -> list[PortalBlueprint]:
    return [blueprint]


@hookimpl
def portal_api() -> list[ApiBlueprint]:
    return [api]


@hookimpl
def portal_permissions() -> list[Permission]:
    return [Permission("polls.manage", _l("Ask and close polls"), default_roles=("editorial",))]


@hookimpl
def portal_jinja() -> dict[str, dict[str, Any]]:
    return {"filters": {"polls_share": lambda share: f"{share:.0%}"}}


@hookimpl
def portal_search_types() -> list[SearchType]:
    return [SearchType("polls.poll", _l("Polls"), singular=_l("Poll"), icon="bar-chart")]


@hookimpl
def portal_cards() -> list[Card]:
    return [Card("open", _l("Open polls"), render_open, size="small")]


@hookimpl
def portal_slots() -> list[Slot]:
    return [Slot("organisation", lambda member, organisation: f"<p>{polls.count_votes(organisation.id)}</p>")]


@hookimpl
def portal_jobs() -> list[Job]:
    return [Job("polls.close", polls.close_overdue, every=3600)]


def open_for(member: Actor, subjects: list[str]) -> set[str]:
    return {str(one.id) for one in polls.list_open(member) if str(one.id) in subjects}


@hookimpl
def portal_notices() -> list[NoticeKind]:
    title, why = _l("New polls"), _l("Somebody asks the network.")
    return [NoticeKind("polls.opened", title, why, lambda params: params["question"], open_for, default="weekly")]


@hookimpl
def portal_cli() -> click.Group:
    @click.group()
    def group() -> None:
        """Look after polls."""

    @group.command("close")
    @click.argument("number", type=int)
    def close(number: int) -> None:
        """Close a poll: portal polls close 7."""
        polls.close(number)

    return group


@hookimpl
def portal_demo_load(scale: int) -> None:
    for number in range(scale or 3):
        polls.create_poll(f"Frage {number}")


@hookimpl
def portal_menu(member: Actor) -> list[MenuEntry]:
    return [MenuEntry(_l("Polls"), "polls.poll_list", icon="bar-chart", weight=50)]


@hookimpl
def portal_admin_menu(member: Actor) -> list[MenuEntry]:
    return [MenuEntry(_l("Polls"), "polls.overview", icon="bar-chart", permission="polls.manage")]


@hookimpl
def portal_principals(member: Actor) -> set[str]:
    return {f"polls:{number}:voter" for number in polls.list_voted(member)}


@hookimpl
def portal_search_documents(since: datetime | None) -> Iterator[SearchDocument]:
    for poll in polls.list_changed(since):
        yield SearchDocument(
            type="polls.poll",
            id=str(poll.id),
            title=poll.question,
            body=" ".join(poll.answers),
            url=f"/polls/{poll.id}",
            readers=frozenset(poll.audience),
            changed_at=poll.changed_at,
        )


@hookimpl
def portal_search_readable(member: Actor, keys: list[tuple[str, str]]) -> set[tuple[str, str]]:
    numbers = [int(number) for _, number in keys]
    return {("polls.poll", str(number)) for number in polls.list_readable(member, numbers)}


@hookimpl
def portal_health() -> list[Check]:
    overdue = polls.count_overdue()
    return [Check(str(_l("Polls that should be closed")), ok=overdue == 0, text=str(overdue))]


@hookimpl
def portal_member_data(member_id: int) -> dict[str, Any]:
    return {"votes": [vote.answer for vote in polls.list_votes_of(member_id)]}


@hookimpl
def portal_member_erased(member_id: int) -> int:
    return polls.forget_voter(member_id)


@hookimpl
def portal_members_merged(kept: int, gone: int) -> list[str]:
    moved = polls.move_votes(gone, kept)
    return [f"{moved} votes"] if moved else []


@hookimpl
def portal_organisations_merged(kept: int, gone: int) -> list[str]:
    moved = polls.move_polls_of_organisation(gone, kept)
    return [f"{moved} polls"] if moved else []


@hookimpl
def portal_organisation_archived(organisation_id: int) -> None:
    polls.close_polls_of_organisation(organisation_id)


@hookimpl
def portal_organisation_restored(organisation_id: int) -> None:
    polls.open_polls_of_organisation(organisation_id)


@hookimpl
def portal_object_saved(type: str, id: str, actor_id: int | None) -> None:
    if type == "events.event":
        polls.offer_poll_about(id)


@hookimpl
def portal_object_deleted(type: str, id: str, actor_id: int | None) -> None:
    if type == "events.event":
        polls.delete_polls_about(id)


@hookimpl
def portal_settings() -> list[Setting]:
    return [
        Setting("days_open", _l("Days that a poll is open"), "number", 14, least=1, most=90),
        Setting("printer_token", _l("Token of the printer"), "secret"),
    ]


@hookimpl
def portal_plugin_purged(plugin_id: str) -> None:
    polls.forget_links_to(plugin_id)


@hookimpl
def portal_plugin_installed() -> None:
    polls.create_first_poll()


@hookimpl
def portal_plugin_enabling() -> None:
    if not polls.is_printer_there():
        raise Refuse(str(_l("The printer for results does not answer.")))


@hookimpl
def portal_plugin_disabled() -> None:
    polls.close_connection_to_printer()


@hookimpl
def portal_plugin_upgraded(from_version: str) -> None:
    polls.count_votes_anew(since=from_version)


@hookimpl
def portal_plugin_purging() -> None:
    polls.withdraw_from_printer()
