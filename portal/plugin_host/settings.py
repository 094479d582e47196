"""Settings of plugins: declared by them, overridden by the operator, else set by admins, else at their default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update

from portal.audit.services.recording import record
from portal.config import PREFIX, SettingsError
from portal.database import after_commit, utcnow
from portal.errors import Conflict, Invalid, NotFound
from portal.extensions import db
from portal.permissions.actor import Actor, require
from portal.plugin_host.declarations import Setting
from portal.plugin_host.host import PluginHost
from portal.plugin_host.manifest import PluginError
from portal.plugin_host.models import PluginSetting, PluginState
from portal.plugin_host.navigation import the_host
from portal.plugin_host.scanning import bump_generation
from portal.plugin_host.sealing import seal, unseal

MANAGE = "plugins.manage"
MASK = "•••"


@dataclass(frozen=True)
class SettingView:
    """A setting as admins see it. ``value`` of a secret is "" always; ``is_locked``: the operator has set it."""

    setting: Setting
    value: Any
    is_set: bool
    is_locked: bool
    variable: str
    is_unreadable: bool = False


def setting(plugin_id: str, key: str) -> Any:
    """What holds for the plugin's setting now, of its declared type. Raises KeyError for one that is not declared."""
    host = the_host()
    declared = host.declared[plugin_id][key]
    if (plugin_id, key) in host.overrides:
        return host.overrides[plugin_id, key]
    stored = (host.now.settings or {}).get(plugin_id, {})
    return _value_of(host, declared, stored[key])[0] if key in stored else declared.default


def declare(host: PluginHost, plugin_id: str, settings: list[Setting]) -> None:
    """Keep what a plugin declares and read what the operator sets for it. Raises PluginError, SettingsError."""
    declared = {one.key: one for one in settings}
    if len(declared) != len(settings):
        raise PluginError("a setting is declared twice")
    taken = {PREFIX + name.upper() for name in type(host.settings).model_fields}
    for one in settings:
        name = variable_of(plugin_id, one.key)
        if name in taken:
            raise PluginError(f"the setting {one.key!r} would be {name}, which is one of the portal itself")
        if name in host.settings.plugin_values:
            host.overrides[plugin_id, one.key] = _read(one, name, host.settings.plugin_values[name])
    host.declared[plugin_id] = declared


def check_overrides(host: PluginHost) -> None:
    """Raises SettingsError for a name that no plugin knows; what is for one that is not loaded here may be right."""
    known = {variable_of(plugin_id, key) for plugin_id, settings in host.declared.items() for key in settings}
    loaded = tuple(f"{PREFIX}{plugin.id.upper()}_" for plugin in host.loaded)
    unknown = sorted(one for one in host.settings.plugin_values if one not in known and one.startswith(loaded))
    if unknown and loaded:
        raise SettingsError("unknown setting: " + ", ".join(unknown))


def variable_of(plugin_id: str, key: str) -> str:
    """The environment's name of a setting."""
    return f"{PREFIX}{plugin_id}_{key}".upper()


def list_settings(member: Actor, host: PluginHost, plugin_id: str) -> list[SettingView]:
    """A plugin's settings with what holds now. Raises Forbidden without ``plugins.manage``."""
    require(member, MANAGE)
    rows = select(PluginSetting.key, PluginSetting.value).where(PluginSetting.id == plugin_id)
    stored = {row.key: row.value for row in db.session.execute(rows)}
    return [_view(host, plugin_id, one, stored) for one in host.declared.get(plugin_id, {}).values()]


def get_version(plugin_id: str) -> int:
    """The version of a plugin's settings, which grows with each change. Raises NotFound."""
    found = db.session.scalar(select(PluginState.settings_version).where(PluginState.id == plugin_id))
    if found is None:
        raise NotFound
    return found


def change_settings(
    member: Actor, host: PluginHost, plugin_id: str, values: dict[str, Any], version: int | None
) -> None:
    """Set a plugin's settings by key; None puts one back to its default. Everybody follows within a second.

    ``version``: the one that the admin saw, None for whichever there is. Raises Forbidden, NotFound, Invalid (with the
    field), Conflict where somebody else saved first."""
    require(member, MANAGE)
    views = {view.setting.key: view for view in list_settings(member, host, plugin_id)}
    if unknown := sorted(values.keys() - views.keys()):
        raise Invalid("There is no setting called %(name)s.", name=unknown[0])
    wanted = {key: _checked(views[key], value) for key, value in values.items()}
    changed = {key: value for key, value in wanted.items() if _differs(views[key], value)}
    _count_version(plugin_id, version)
    for key, value in changed.items():
        _store(host, plugin_id, views[key].setting, value)
    if changed:
        record(member, "plugin.settings_changed", "plugin", plugin_id, _details(views, changed))
        bump_generation()
        after_commit(lambda: host.sync(force=True))


def _read(one: Setting, name: str, text: str) -> Any:
    try:
        return one.read(text)
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from error


def _value_of(host: PluginHost, declared: Setting, stored: Any) -> tuple[Any, bool]:
    """What a stored value means and whether it can be read; one that a newer declaration forbids is the default."""
    value = unseal(host.settings.secret_key, str(stored)) if declared.kind == "secret" else stored
    try:
        return declared.validate(value), True
    except (ValueError, TypeError):
        return declared.default, False


def _view(host: PluginHost, plugin_id: str, one: Setting, stored: dict[str, Any]) -> SettingView:
    is_locked, is_set = (plugin_id, one.key) in host.overrides, one.key in stored
    value, is_readable = _value_of(host, one, stored[one.key]) if is_set else (one.default, True)
    value = host.overrides[plugin_id, one.key] if is_locked else value
    shown = "" if one.kind == "secret" else value
    return SettingView(one, shown, is_set, is_locked, variable_of(plugin_id, one.key), not (is_locked or is_readable))


def _checked(view: SettingView, value: Any) -> Any:
    one = view.setting
    if value is None:
        return None
    if view.is_locked and value != view.value:
        raise Invalid("The operator has set this: %(name)s.", field=one.key, name=view.variable)
    try:
        return one.validate(value)
    except (ValueError, TypeError) as error:
        raise Invalid(str(error).replace("%", "%%"), field=one.key) from error


def _differs(view: SettingView, value: Any) -> bool:
    if view.is_locked or (value is None and not view.is_set):
        return False
    return view.setting.kind == "secret" or value is None or value != view.value or view.is_unreadable


def _count_version(plugin_id: str, version: int | None) -> None:
    statement = update(PluginState).where(PluginState.id == plugin_id)
    if version is not None:
        statement = statement.where(PluginState.settings_version == version)
    counted = statement.values(settings_version=PluginState.settings_version + 1)
    if db.session.execute(counted.execution_options(synchronize_session=False)).rowcount != 1:  # type: ignore[attr-defined]
        get_version(plugin_id)
        raise Conflict("Somebody else changed these settings meanwhile.", when=utcnow())


def _store(host: PluginHost, plugin_id: str, one: Setting, value: Any) -> None:
    db.session.execute(delete(PluginSetting).where(PluginSetting.id == plugin_id, PluginSetting.key == one.key))
    if value is not None and (one.kind == "secret" or value != one.default):
        kept = seal(host.settings.secret_key, value) if one.kind == "secret" else value
        db.session.add(PluginSetting(id=plugin_id, key=one.key, value=kept))
    db.session.flush()


def _details(views: dict[str, SettingView], changed: dict[str, Any]) -> dict[str, Any]:
    """Before and after for the audit log; of secrets only that they changed."""

    def shown(key: str, value: Any) -> str:
        return MASK if views[key].setting.kind == "secret" else str(value)

    before = [f"{key} = {shown(key, views[key].value)}" for key in sorted(changed)]
    defaults = {key: views[key].setting.default for key in changed}
    after = [
        f"{key} = {shown(key, defaults[key] if changed[key] is None else changed[key])}" for key in sorted(changed)
    ]
    return {"settings": sorted(changed), "before": before, "after": after}
