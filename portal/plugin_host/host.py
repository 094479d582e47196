"""The plugin host: what is loaded here, what is in force now, and the hooks of those."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pluggy
import structlog
from packaging.specifiers import SpecifierSet
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.config import Settings
from portal.database import writing
from portal.extensions import db
from portal.permissions.actor import ADMIN_ROLE, Actor
from portal.permissions.models import Role, RoleGrant
from portal.permissions.registry import PermissionRegistry
from portal.plugin_host import hookspecs
from portal.plugin_host.caller import HookCaller, checked
from portal.plugin_host.declarations import Setting
from portal.plugin_host.loading import LoadedPlugin, load_plugins
from portal.plugin_host.manifest import PluginError
from portal.plugin_host.migrations import Lineage
from portal.plugin_host.models import PluginEpoch, PluginSetting, PluginState
from portal.plugin_host.nodes import Presence, forget_ended
from portal.plugin_host.processes import node_name

log = structlog.get_logger(__name__)
POLL_S = 1.0
EXTENSION = "portal_plugins"


FOLLOWED = (
    PluginState.id,
    PluginState.state,
    PluginState.schema_revision,
    PluginState.action,
    PluginState.before,
)


@dataclass(frozen=True)
class Generation:
    """What one state of the database means here; replaced as a whole, so that a request sees one state throughout."""

    n: int = -1
    states: dict[str, str] | None = None
    effective: tuple[str, ...] = ()
    behind: frozenset[str] = frozenset()
    returning: frozenset[str] = frozenset()
    settings: dict[str, dict[str, Any]] | None = None
    grants: dict[str, frozenset[str]] | None = None


class PluginHost:
    """One for each application: loads every installed plugin once and never unloads it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.permissions = PermissionRegistry()
        self.manager = pluggy.PluginManager(hookspecs.PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.plugins: dict[str, LoadedPlugin] = {}
        self.declared: dict[str, dict[str, Setting]] = {}
        self.overrides: dict[tuple[str, str], Any] = {}
        self.now = Generation()
        self.presence: Presence | None = None
        self._polled = 0.0
        self._lock = threading.Lock()
        self._collected: dict[str, list[tuple[str, Any]]] = {}
        self._lineages: dict[str, Lineage] = {}
        self.hooks = HookCaller(self.manager, lambda: list(self.now.effective), settings.trace_plugins)

    def load(self) -> None:
        """Import and register all wanted plugins; those that fail stay listed with their reason."""
        for plugin in load_plugins(self.settings.plugins):
            self.plugins[plugin.id] = plugin
            if plugin.is_loaded:
                self._register(plugin)
            if self.settings.plugins_strict and plugin.error:
                raise PluginError(f"{plugin.id}: {plugin.error}")

    def _register(self, plugin: LoadedPlugin) -> None:
        try:
            self.manager.register(plugin.module, plugin.id)
            self.manager.check_pending()
        except Exception as error:
            self.fail(plugin.id, "register", error)

    def ask_one(self, plugin_id: str, hook: str, **arguments: Any) -> Any:
        """What one plugin answers to a hook, None without an implementation. What it raises passes through."""
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            if implementation.plugin_name == plugin_id:
                chosen = {name: arguments[name] for name in implementation.argnames}
                return checked(hook, implementation.function(**chosen))
        return None

    def collect(self, plugin_id: str) -> None:
        """Keep a plugin's cards, slots, kinds of notice and search types, which are asked once a process."""
        for hook in ("portal_cards", "portal_slots", "portal_search_types", "portal_notices"):
            if answer := self.ask_one(plugin_id, hook):
                if hook == "portal_notices" and not all(one.name.startswith(f"{plugin_id}.") for one in answer):
                    raise PluginError(f"kinds of notice must be named {plugin_id}.…")
                self._collected.setdefault(hook, []).append((plugin_id, answer))

    def contributions(self, hook: str) -> list[tuple[str, Any]]:
        """What plugins in force gave at start to the hooks that :meth:`collect` keeps, in order."""
        return [pair for pair in self._collected.get(hook, []) if self.is_effective(pair[0])]

    def collected(self, hook: str, plugin_id: str) -> list[Any]:
        """What one plugin gave at start to such a hook, whether it is in force or not."""
        return [one for name, given in self._collected.get(hook, []) if name == plugin_id for one in given]

    def fail(self, plugin_id: str, phase: str, error: BaseException) -> None:
        """Take a plugin out of the process: it stays listed, nothing of it is called."""
        self.plugins[plugin_id].fail(phase, error)
        if self.manager.has_plugin(plugin_id):
            self.manager.unregister(name=plugin_id)

    @cached_property
    def node(self) -> str:
        """The name of this process: host and number."""
        return node_name()

    @property
    def loaded(self) -> list[LoadedPlugin]:
        """The plugins that loaded without error, in order."""
        return [plugin for plugin in self.plugins.values() if plugin.is_loaded]

    def lineage(self, plugin_id: str) -> Lineage | None:
        """The plugin's line of schema versions, or None if it has no tables."""
        plugin = self.plugins[plugin_id]
        if plugin.manifest is None or not plugin.manifest.migrations or not plugin.manifest.models:
            return None
        if plugin_id not in self._lineages:
            metadata = sys.modules[plugin.manifest.models].Base.metadata
            self._lineages[plugin_id] = Lineage(plugin_id, plugin.folder / plugin.manifest.migrations, metadata)
        return self._lineages[plugin_id]

    def attend(self) -> Presence:
        """Count this process among the nodes from now on; for processes that serve, not for commands."""
        self.presence = Presence(self.node, self.plugins, db.engine, self.hooks.breaker.measures.of)
        try:
            forget_ended(db.engine)
        except SQLAlchemyError as error:
            log.warning("nodes_unknown", reason=type(error).__name__)
        self.presence.note()
        return self.presence

    # --- what is in force ---

    def is_effective(self, plugin_id: str) -> bool:
        """Whether the plugin is in force on this node now."""
        return plugin_id in self.now.effective

    def is_reachable(self, plugin_id: str) -> bool:
        """Whether the plugin's code can work on its tables here, whether it is switched on or not."""
        plugin = self.plugins.get(plugin_id)
        is_known = plugin is not None and plugin.is_loaded and plugin_id in (self.now.states or {})
        return is_known and plugin_id not in self.now.behind

    def sync(self, force: bool = False) -> None:
        """Follow the database: poll the counter at most once a second; keep the last state when it is away."""
        if not force and time.monotonic() - self._polled < POLL_S:
            return
        with self._lock:
            self._polled = time.monotonic()
            try:
                self._follow(force)
            except SQLAlchemyError as error:
                log.warning("generation_unknown", reason=type(error).__name__)

    def _follow(self, force: bool) -> None:
        with writing(False), db.engine.connect() as connection:
            n = connection.scalar(select(PluginEpoch.n))
            if n is None or (n == self.now.n and not force):
                return
            rows = connection.execute(select(*FOLLOWED)).all()
            settings = connection.execute(select(PluginSetting.id, PluginSetting.key, PluginSetting.value)).all()
            grants = connection.execute(select(Role.name, RoleGrant.permission).join(RoleGrant)).all()
        states = {row.id: row.state for row in rows}
        behind = frozenset(row.id for row in rows if self._is_behind(row.id, row.schema_revision))
        by_role: dict[str, set[str]] = {}
        for role, permission in grants:
            by_role.setdefault(role, set()).add(permission)
        kept: dict[str, dict[str, Any]] = {}
        for row in settings:
            kept.setdefault(row.id, {})[row.key] = row.value
        effective = self._effective(states, behind)
        returning = frozenset(row.id for row in rows if _is_returning(row, row.id in behind))
        by_name = {role: frozenset(granted) for role, granted in by_role.items()}
        self.now = Generation(n, states, effective, behind, returning, kept, by_name)

    def _is_behind(self, plugin_id: str, revision: str) -> bool:
        plugin = self.plugins.get(plugin_id)
        if plugin is None or not plugin.is_loaded:
            return False
        lineage = self.lineage(plugin_id)
        return lineage is not None and lineage.head != revision

    def _effective(self, states: dict[str, str], behind: frozenset[str]) -> tuple[str, ...]:
        effective: list[str] = []
        for plugin in self.loaded:
            if (
                states.get(plugin.id) == "enabled"
                and plugin.id not in behind
                and self.has_requirements(plugin, effective)
            ):
                effective.append(plugin.id)
        return tuple(effective)

    def has_requirements(self, plugin: LoadedPlugin, present: list[str] | tuple[str, ...]) -> bool:
        """Whether everything the plugin requires is among ``present``, in a fitting version."""
        assert plugin.manifest is not None
        return all(
            name in present and SpecifierSet(wanted).contains(self.plugins[name].version, prereleases=True)
            for name, wanted in plugin.manifest.requires.items()
        )

    # --- permissions and principals ---

    def permissions_of(self, roles: frozenset[str]) -> frozenset[str]:
        """What these roles grant now; admins hold everything declared, plugins that are off do not count."""
        in_force = {one.name for one in self.permissions.all() if self.owns_now(one.owner)}
        if ADMIN_ROLE in roles:
            return frozenset(in_force)
        grants = self.now.grants or {}
        return frozenset(in_force.intersection(name for role in roles for name in grants.get(role, ())))

    def follows_and_owns(self, name: str) -> bool:
        """Whether the owner of ``<owner>.<thing>`` is in force, by the database's word of this second."""
        self.sync()
        return self.owns_now(name.split(".", 1)[0])

    def owns_now(self, owner: str) -> bool:
        """Whether a name's owner is the core or a plugin in force."""
        return owner not in self.plugins or self.is_effective(owner)

    def added_principals(self, member: Actor) -> frozenset[str]:
        """What plugins add to the member's principals; foreign prefixes are refused."""
        answers = self.hooks.ask("portal_principals", member=member)
        return frozenset(one for plugin, found in answers for one in found if one.startswith(f"{plugin}:"))


def _is_returning(row: Any, is_behind: bool) -> bool:
    """Whether a plugin that is wanted is off only until its tables are upgraded: its addresses then say so."""
    if row.state == "enabled":
        return is_behind
    return row.before == "enabled" and (row.state == "upgrading" or (row.state, row.action) == ("failed", "upgrading"))
