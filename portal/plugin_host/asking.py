"""What plugins may ask of the host they run in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal.extensions import db
from portal.plugin_host.host import PluginHost
from portal.plugin_host.models import PluginState
from portal.plugin_host.navigation import the_host


def ask(hook: str, only: list[str] | None = None, **arguments: Any) -> list[tuple[str, Any]]:
    """Ask the plugins in force (or ``only`` some): (plugin id, result) in order, without those that fail."""
    host = the_host()
    wanted = None if only is None else [one for one in only if host.is_effective(one)]
    return host.hooks.ask(hook, only=wanted, **arguments)


def contributions(hook: str) -> list[tuple[str, Any]]:
    """What the plugins in force gave at start to ``portal_search_types``, ``portal_cards`` or ``portal_slots``."""
    return the_host().contributions(hook)


def effective_plugins() -> tuple[str, ...]:
    """The ids of the plugins in force, in order."""
    return the_host().now.effective


def data_folder(plugin_id: str) -> Path:
    """A private folder of the plugin in the data folder, for what may be lost and made again (caches, an index)."""
    folder = the_host().settings.data_dir / plugin_id
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def search_backend() -> str:
    """The setting ``PORTAL_SEARCH_BACKEND``."""
    return the_host().settings.search_backend


def implementing(hook: str) -> list[str]:
    """The plugins in force that implement a hook, in order."""
    return the_host().hooks.implementing(hook)


def move_rows(hook: str, **arguments: Any) -> list[tuple[str, Any]]:
    """Have every plugin that implements the hook do its part: (plugin id, answer), None for one that is off.

    A plugin that has tables but is not loaded here can't be asked: None for it too. What a plugin raises passes
    through, since half a move is worse than none."""
    host = the_host()
    concerned = {one.plugin_name for one in getattr(host.manager.hook, hook).get_hookimpls()}
    ids = [plugin.id for plugin in host.loaded if plugin.id in concerned]
    answers = [(one, host.ask_one(one, hook, **arguments) if host.is_effective(one) else None) for one in ids]
    return answers + [(one, None) for one in _list_unheard(host)]


def _list_unheard(host: PluginHost) -> list[str]:
    """Plugins whose tables are in the database and whose code is not in this process."""
    loaded = {plugin.id for plugin in host.loaded}
    rows = db.session.execute(select(PluginState.id, PluginState.tables).order_by(PluginState.id))
    return [row.id for row in rows if row.tables and row.id not in loaded]
