"""What a plugin needs and who needs it: what has to be switched along with it."""

from __future__ import annotations

from packaging.specifiers import SpecifierSet
from sqlalchemy import select

from portal.errors import Invalid
from portal.extensions import db
from portal.plugin_host.host import PluginHost
from portal.plugin_host.models import PluginState

WANTED = ("enabled", "enabling", "upgrading")


def list_needed(host: PluginHost, plugin_id: str) -> list[str]:
    """The plugins to switch on before this one, in order. Raises Invalid where one is not here or does not fit."""
    needed: list[str] = []
    _add_needed(host, plugin_id, needed)
    return needed


def _add_needed(host: PluginHost, plugin_id: str, needed: list[str]) -> None:
    manifest = host.plugins[plugin_id].manifest
    for name, wanted in sorted(manifest.requires.items()) if manifest else ():
        found = host.plugins.get(name)
        if found is None or not found.is_loaded:
            raise Invalid("It needs the plugin “%(name)s”, which is not installed or could not be loaded.", name=name)
        if not SpecifierSet(wanted).contains(found.version, prereleases=True):
            raise Invalid(
                "It needs the plugin “%(name)s” in version %(wanted)s; %(version)s is installed.",
                name=name,
                wanted=wanted,
                version=found.version,
            )
        if name not in needed and not host.is_effective(name):
            _add_needed(host, name, needed)
            needed.append(name)


def list_dependants(host: PluginHost, plugin_id: str) -> list[str]:
    """The plugins that are wanted and need this one, directly or through others; those first that must go first."""
    wanted = set(db.session.scalars(select(PluginState.id).where(PluginState.state.in_(WANTED))))
    gone = [plugin_id]
    for plugin in host.plugins.values():
        requires = plugin.manifest.requires if plugin.manifest else {}
        if plugin.id in wanted and plugin.id not in gone and any(needed in requires for needed in gone):
            gone.append(plugin.id)
    return gone[:0:-1]
