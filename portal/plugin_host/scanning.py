"""Noting what is found: new plugins, interrupted switches, packages that are gone or have come back."""

from __future__ import annotations

from sqlalchemy import select, tuple_, update

from portal.database import unit_of_work
from portal.extensions import db
from portal.plugin_host.distributions import list_installed
from portal.plugin_host.host import PluginHost
from portal.plugin_host.leases import PASSING, has_lapsed, mark_interrupted
from portal.plugin_host.models import PluginEpoch, PluginSetting, PluginState
from portal.plugin_host.nodes import list_nodes
from portal.plugin_host.sealing import is_sealed, seal

NEVER_HERE = ("discovered", "purged", "missing")


def bump_generation() -> None:
    """Count the generation up in the present unit of work; every worker follows within a second."""
    changed = db.session.execute(update(PluginEpoch).values(n=PluginEpoch.n + 1))
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        db.session.add(PluginEpoch(id=1, n=1))
        db.session.flush()


def scan(host: PluginHost) -> None:
    """Make a row for each plugin that has none; a lapsed switch becomes a failure that can be tried again; a plugin
    whose package is on no live node is missing, and back where it was once the package is. A setting that a newer
    version declares secret is sealed."""
    with unit_of_work():
        known = {row.id: row for row in db.session.scalars(select(PluginState))}
        for plugin in host.plugins.values():
            if plugin.id not in known:
                state = "discovered" if plugin.is_loaded else "failed"
                db.session.add(PluginState(id=plugin.id, state=state, reason=plugin.error, version=plugin.version))
        here = list_installed().keys() | host.plugins.keys()
        loaded = {plugin.id for plugin in host.loaded}
        changed = [_follow(row, row.id in here, row.id in loaded) for row in known.values()]
        if any([*changed, *_seal_secrets(host)]):
            bump_generation()


def _follow(row: PluginState, is_here: bool, is_loaded: bool) -> bool:
    """Bring one row to what is the case; gives whether it changed."""
    state = row.state
    if row.state in PASSING and has_lapsed(row):
        mark_interrupted(row)
    if row.state == "missing" and is_here:
        row.state, row.before = row.before or "disabled", ""
    elif not is_here and row.state not in (*NEVER_HERE, *PASSING) and not _is_elsewhere(row.id):
        row.before, row.state = row.state if row.state != "failed" else row.before, "missing"
    elif row.state == "failed" and not row.action and is_loaded:  # it could not be imported once, and now it can
        row.state, row.reason = "discovered", ""
    return row.state != state


def _seal_secrets(host: PluginHost) -> list[bool]:
    """Seal what was stored in the clear before its setting became secret; gives for each whether it was changed."""
    names = [(id, one.key) for id, found in host.declared.items() for one in found.values() if one.kind == "secret"]
    rows = select(PluginSetting).where(tuple_(PluginSetting.id, PluginSetting.key).in_(names))
    return [_seal_one(host, row) for row in db.session.scalars(rows)] if names else []


def _seal_one(host: PluginHost, row: PluginSetting) -> bool:
    if is_sealed(row.value):
        return False
    row.value = seal(host.settings.secret_key, str(row.value))
    return True


def _is_elsewhere(plugin_id: str) -> bool:
    return any(one.is_live and one.row is not None for one in list_nodes(plugin_id))
