"""News for plugins: told after the commit, to each in a unit of work of its own."""

from __future__ import annotations

from functools import partial

from flask import Flask, current_app

from portal.database import after_commit, unit_of_work
from portal.permissions.actor import Actor
from portal.plugin_host.host import EXTENSION, PluginHost


def announce_saved(member: Actor, type: str, id: object) -> None:
    """Tell the plugins, once the present unit of work is committed, that a thing was made or changed."""
    _announce("portal_object_saved", member, type=type, id=str(id))


def announce_deleted(member: Actor, type: str, id: object) -> None:
    """Tell the plugins, once the present unit of work is committed, that a thing is gone."""
    _announce("portal_object_deleted", member, type=type, id=str(id))


def announce_purged(plugin_id: str) -> None:
    """Tell the plugins in force, after the commit, that another one is gone with all its data."""
    _tell(current_app._get_current_object(), "portal_plugin_purged", {"plugin_id": plugin_id})  # type: ignore[attr-defined]


def announce_archived(member: Actor, organisation_id: int) -> None:
    """Tell the plugins, once the present unit of work is committed, that an organisation is archived."""
    _announce("portal_organisation_archived", member, organisation_id=organisation_id)


def announce_restored(member: Actor, organisation_id: int) -> None:
    """Tell the plugins, once the present unit of work is committed, that an archived organisation is back."""
    _announce("portal_organisation_restored", member, organisation_id=organisation_id)


def _announce(hook: str, member: Actor, **news: object) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    after_commit(partial(_tell, app, hook, {**news, "actor_id": member.id}))


def _tell(app: Flask, hook: str, news: dict[str, object]) -> None:
    host: PluginHost = app.extensions[EXTENSION]
    for plugin_id in host.now.effective:
        with app.app_context(), unit_of_work():
            host.hooks.ask(hook, only=[plugin_id], **news)
