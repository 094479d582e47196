"""What plugins may ask of the host they run in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal.extensions import db
from portal.plugin_host.contributions import NoticeKind
from portal.plugin_host.host import PluginHost
from portal.plugin_host.models import PluginState
from portal.plugin_host.navigation import the_host

CORE_NOTICES: list[NoticeKind] = []


def ask(hook: str, only: list[str] | None = None, **arguments: Any) -> list[tuple[str, Any]]:
    """Ask the plugins in force (or ``only`` some): (plugin id, result) in order, without those that fail."""
    host = the_host()
    wanted = None if only is None else [one for one in only if host.is_effective(one)]
    return host.hooks.ask(hook, only=wanted, **arguments)


def contributions(hook: str) -> list[tuple[str, Any]]:
    """What the plugins in force gave at start to ``portal_search_types``, ``portal_cards`` or ``portal_slots``."""
    return the_host().contributions(hook)


def notice_kinds() -> dict[str, NoticeKind]:
    """The kinds of notice of the core and of the plugins in force, by name."""
    given = [*CORE_NOTICES, *(kind for _, kinds in contributions("portal_notices") for kind in kinds)]
    return {kind.name: kind for kind in given}


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


def ask_resting(hook: str, **arguments: Any) -> list[tuple[str, bool]]:
    """Have plugins that are not in force, but whose data are here, do their part of a hook: (plugin id, done).

    One that is switched off is asked as if it were on. One that can't be loaded, whose tables are not as its code
    expects them, or that fails, has not done it."""
    host = the_host()
    concerned = {one.plugin_name for one in getattr(host.manager.hook, hook).get_hookimpls()}
    with_tables = set(db.session.scalars(select(PluginState.id).where(PluginState.schema_revision != "")))
    resting = [one.id for one in host.loaded if one.id in concerned & with_tables and not host.is_effective(one.id)]
    answers = [(one, host.is_reachable(one) and bool(host.hooks.ask(hook, only=[one], **arguments))) for one in resting]
    return answers + [(one, False) for one in _list_unheard(host)]


def has_tables(plugin_id: str) -> bool:
    """Whether tables of the plugin are in the database."""
    return bool(db.session.scalar(select(PluginState.tables).where(PluginState.id == plugin_id)))


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
