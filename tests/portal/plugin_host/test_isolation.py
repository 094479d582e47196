"""A broken plugin is reported and left out; the rest works on."""

import sys
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import Any

import pluggy
import pytest
from flask import Flask

from portal.plugin_host import caller, hookspecs
from portal.plugin_host.blueprint import FORBIDDEN, FORBIDDEN_BUT_TO_FLASK, PortalBlueprint
from portal.plugin_host.caller import HookCaller
from portal.plugin_host.contributions import MenuEntry
from portal.plugin_host.hookspecs import hookimpl
from portal.plugin_host.loading import LoadedPlugin, in_order, load_one
from portal.plugin_host.manifest import Plugin, PluginError


def module_of(name: str, **contents: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(contents)
    sys.modules[name] = module
    return module


def load(plugin_id: str, **contents: Any) -> LoadedPlugin:
    module_of(f"broken_{plugin_id}", **contents)
    return load_one(EntryPoint(plugin_id, f"broken_{plugin_id}", "portal.plugins"))


@pytest.mark.parametrize(
    ("plugin", "reason"),
    [
        (load("nomanifest"), "has no manifest"),
        (load("liar", manifest=Plugin(id="other", title="", description="")), "the entry point 'liar'"),
        (load("future", manifest=Plugin(id="future", title="", description="", portal=">=9")), "needs the SDK"),
        (load("admin", manifest=Plugin(id="admin", title="", description="")), "reserved word"),
        (load("Bad_Id"), "small letters"),
        (load_one(EntryPoint("gone", "module_that_is_not_there", "portal.plugins")), "ModuleNotFoundError"),
        (load_one(EntryPoint("twice", "json", "portal.plugins"), is_duplicate=True), "two distributions"),
    ],
    ids=lambda value: value.id if isinstance(value, LoadedPlugin) else "",
)
def test_what_breaks_a_rule_fails_with_the_reason(plugin: LoadedPlugin, reason: str) -> None:
    assert not plugin.is_loaded
    assert reason in plugin.error


def test_leaving_python_at_import_is_caught(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "leaving.py").write_text("import sys\nsys.exit(2)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert load_one(EntryPoint("leaving", "leaving", "portal.plugins")).error == "SystemExit: 2"


def test_order_follows_requirements_then_ids() -> None:
    def plugin(name: str, **wishes: Any) -> LoadedPlugin:
        return LoadedPlugin(name, manifest=Plugin(id=name, title="", description="", **wishes))

    found = [plugin("aa", after=("cc",)), plugin("bb"), plugin("cc", requires={"dd": ">=1"}), plugin("dd")]
    assert [one.id for one in in_order({one.id: one for one in found})] == ["bb", "dd", "cc", "aa"]


def test_a_circle_of_requirements_fails_its_members() -> None:
    found = {
        name: LoadedPlugin(name, manifest=Plugin(id=name, title="", description="", requires={other: ">=1"}))
        for name, other in (("aa", "bb"), ("bb", "aa"))
    }
    assert all("circle" in one.error for one in in_order(found))


@pytest.mark.parametrize("name", FORBIDDEN + FORBIDDEN_BUT_TO_FLASK)
def test_blueprints_of_plugins_refuse_what_is_app_wide(name: str) -> None:
    with pytest.raises(PluginError, match=name):
        getattr(PortalBlueprint("polls", __name__), name)


class Good:
    @hookimpl
    def portal_menu(self, member: object) -> list[MenuEntry]:
        return [MenuEntry("Gut", "x.y")]


class Raising:
    @hookimpl
    def portal_menu(self, member: object) -> list[MenuEntry]:
        raise RuntimeError("broken")


class Leaving:
    @hookimpl
    def portal_menu(self, member: object) -> list[MenuEntry]:
        raise SystemExit(1)


class Rubbish:
    @hookimpl
    def portal_menu(self, member: object) -> str:
        return "rubbish"


@pytest.fixture
def hooks(app: Flask) -> HookCaller:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    for name, plugin in (("raising", Raising()), ("leaving", Leaving()), ("rubbish", Rubbish()), ("good", Good())):
        manager.register(plugin, name)
    return HookCaller(manager, lambda: ["raising", "leaving", "rubbish", "good"])


def test_the_others_answer_when_some_raise_or_give_rubbish(hooks: HookCaller) -> None:
    answers = hooks.ask("portal_menu", member=None)
    assert [(plugin, [entry.label for entry in entries]) for plugin, entries in answers] == [("good", ["Gut"])]
    assert {failure.plugin for failure in hooks.breaker.measures.failures} == {"raising", "leaving", "rubbish"}


def test_ten_errors_within_a_minute_rest_the_hook(hooks: HookCaller, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(caller.BREAK_AFTER + 3):
        hooks.ask("portal_menu", member=None)
    assert ("raising", "portal_menu") in hooks.breaker.resting()
    assert len([one for one in hooks.breaker.measures.failures if one.plugin == "raising"]) == caller.BREAK_AFTER


def test_a_rest_ends(hooks: HookCaller, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(caller.BREAK_AFTER):
        hooks.ask("portal_menu", member=None)
    later = caller.time.monotonic() + caller.REST_S + 1
    monkeypatch.setattr(caller.time, "monotonic", lambda: later)
    assert hooks.breaker.resting() == []
