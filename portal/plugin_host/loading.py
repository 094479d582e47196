"""Finding and importing plugins: each step caught, so that a broken one is reported and the portal starts."""

from __future__ import annotations

import importlib
import traceback
from collections import Counter
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

import structlog
from packaging.specifiers import SpecifierSet

from portal.database import Base
from portal.plugin_host.manifest import API, ENTRY_POINTS, Plugin, PluginError, check_id

log = structlog.get_logger(__name__)


@dataclass
class LoadedPlugin:
    """One entry point after the attempt to load it; ``error`` and ``phase`` say why it did not."""

    id: str
    distribution: Distribution | None = None
    module: ModuleType | None = None
    manifest: Plugin | None = None
    phase: str = "import"
    error: str = ""
    trace: str = field(default="", repr=False)
    version: str = ""

    def __post_init__(self) -> None:
        """What runs is what was loaded, also after a newer package was put in its place."""
        self.version = self.distribution.version if self.distribution else ""

    @property
    def is_loaded(self) -> bool:
        """Whether every step of loading went well."""
        return not self.error and self.manifest is not None

    @property
    def folder(self) -> Path:
        """The folder that the manifest's folders are relative to."""
        assert self.module is not None and self.module.__file__
        return Path(self.module.__file__).resolve().parent

    def fail(self, phase: str, error: BaseException) -> None:
        """Note that loading failed in ``phase``."""
        self.phase, self.error = phase, f"{type(error).__name__}: {error}"
        self.trace = "".join(traceback.format_exception(error))
        log.error("plugin_failed", plugin=self.id, phase=phase, reason=self.error)


def wanted_ids(setting: str) -> set[str] | None:
    """``PORTAL_PLUGINS``: None for all, else the only ids to load (safe mode)."""
    if setting.strip() in ("", "all"):
        return None
    return set() if setting.strip() == "none" else {part.strip() for part in setting.split(",") if part.strip()}


def load_plugins(setting: str) -> list[LoadedPlugin]:
    """Import every wanted plugin, in their order: required and soft predecessors first, ties by id."""
    wanted = wanted_ids(setting)
    points = [point for point in entry_points(group=ENTRY_POINTS) if wanted is None or point.name in wanted]
    twice = {name for name, count in Counter(point.name for point in points).items() if count > 1}
    found = {point.name: load_one(point, point.name in twice) for point in points}
    return in_order(found)


def load_one(point: EntryPoint, is_duplicate: bool = False) -> LoadedPlugin:
    """Import one plugin and check its manifest; never raises."""
    plugin = LoadedPlugin(point.name, point.dist)
    try:
        check_id(point.name)
        if any(table.startswith(f"{point.name}_") for table in Base.metadata.tables):
            raise PluginError(f"the portal itself has tables named {point.name}_…")
        if is_duplicate:
            raise PluginError("two distributions offer a plugin of this id")
        plugin.module = importlib.import_module(point.module)
        plugin.manifest = _checked_manifest(plugin.module, point.name)
        if plugin.manifest.models:
            models = importlib.import_module(plugin.manifest.models)
            _check_models(models, point.name)
    except (Exception, SystemExit) as error:
        plugin.fail("import" if plugin.module is None else "validate", error)
    return plugin


def _checked_manifest(module: ModuleType, plugin_id: str) -> Plugin:
    manifest = getattr(module, "manifest", None)
    if not isinstance(manifest, Plugin):
        raise PluginError("the module has no manifest = Plugin(…)")
    if manifest.id != plugin_id:
        raise PluginError(f"the manifest says {manifest.id!r}, the entry point {plugin_id!r}")
    if not SpecifierSet(manifest.portal).contains(f"{API[0]}.{API[1]}"):
        raise PluginError(f"it needs the SDK {manifest.portal}, this portal has {API[0]}.{API[1]}")
    return manifest


def _check_models(models: ModuleType, plugin_id: str) -> None:
    base = getattr(models, "Base", None)
    if base is None or base.metadata.info.get("plugin") != plugin_id:
        raise PluginError(f'its models need Base = plugin_base("{plugin_id}")')
    for table in base.metadata.tables.values():
        if not table.name.startswith(f"{plugin_id}_"):
            raise PluginError(f"the table {table.name} must be named {plugin_id}_…")
        if any(key.ondelete is None for key in table.foreign_keys):
            raise PluginError(f"a foreign key of {table.name} has no ondelete")
    base.registry.configure(cascade=True)


def in_order(found: dict[str, LoadedPlugin]) -> list[LoadedPlugin]:
    """Sort by requires and after, ties by id; members of a circle fail."""
    graph = {name: _predecessors(plugin) & found.keys() for name, plugin in found.items()}
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        for name in set(error.args[1]):
            found[name].fail("validate", PluginError("its requirements form a circle: " + " → ".join(error.args[1])))
        return [found[name] for name in sorted(found)]
    ordered: list[LoadedPlugin] = []
    while sorter.is_active():
        for name in sorted(sorter.get_ready()):
            ordered.append(found[name])
            sorter.done(name)
    return ordered


def _predecessors(plugin: LoadedPlugin) -> set[str]:
    return {*plugin.manifest.requires, *plugin.manifest.after} if plugin.manifest else set()
