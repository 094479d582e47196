"""Calling hooks: effective plugins only, in fixed order, one try each, results checked and tagged with their plugin."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from typing import Any

import click
import pluggy
import structlog
from flask import Blueprint

from portal.database import is_writing
from portal.extensions import db
from portal.jobs.registry import Job
from portal.permissions.registry import Permission
from portal.plugin_host.contributions import Card, Check, MenuEntry, NoticeKind, SearchType, Slot
from portal.plugin_host.declarations import Setting
from portal.plugin_host.measuring import Measures

log = structlog.get_logger(__name__)
BREAK_AFTER, WITHIN_S, REST_S = 10, 60.0, 60.0
SLOW_S = 1.0
KINDS: dict[str, type | tuple[type, ...]] = {
    "portal_principals": (set, frozenset),
    "portal_search_readable": (set, frozenset),
    "portal_member_data": dict,
    "portal_member_erased": int,
    "portal_jinja": dict,
    "portal_cli": click.Group,
    "card": str,
    "notice": str,
    "notices": (set, frozenset),
    "slot": str,
}
ELEMENTS: dict[str, type] = {
    "portal_menu": MenuEntry,
    "portal_admin_menu": MenuEntry,
    "portal_health": Check,
    "portal_blueprints": Blueprint,
    "portal_api": Blueprint,
    "portal_permissions": Permission,
    "portal_search_types": SearchType,
    "portal_cards": Card,
    "portal_slots": Slot,
    "portal_jobs": Job,
    "portal_notices": NoticeKind,
    "portal_members_merged": str,
    "portal_organisations_merged": str,
    "portal_settings": Setting,
}


class Breaker:
    """Ten errors of one (plugin, hook) within a minute rest it for a minute, in this process only."""

    def __init__(self) -> None:
        self.measures = Measures()
        self._times: dict[tuple[str, str], deque[float]] = defaultdict(lambda: deque(maxlen=BREAK_AFTER))
        self._resting: dict[tuple[str, str], float] = {}

    def note(self, plugin: str, hook: str, error: BaseException) -> None:
        """Count an error; a tenth one within a minute opens the breaker."""
        now, key = time.monotonic(), (plugin, hook)
        self.measures.note_failure(plugin, hook, error)
        self._times[key].append(now)
        if len(self._times[key]) == BREAK_AFTER and now - self._times[key][0] < WITHIN_S:
            self._resting[key] = now + REST_S

    def is_resting(self, plugin: str, hook: str) -> bool:
        """Whether this hook of this plugin is skipped at present."""
        return self._resting.get((plugin, hook), 0.0) > time.monotonic()

    def resting(self) -> list[tuple[str, str]]:
        """All that rest at present, for the banner of admins."""
        now = time.monotonic()
        return sorted(key for key, until in self._resting.items() if until > now)


class HookCaller:
    """Our own caller over pluggy: pluggy alone loses all results when one plugin raises."""

    def __init__(self, manager: pluggy.PluginManager, order: Callable[[], list[str]], trace: bool = False) -> None:
        self._manager, self._order, self._trace = manager, order, trace
        self.breaker = Breaker()

    def ask(self, hook: str, only: Iterable[str] | None = None, **arguments: Any) -> list[tuple[str, Any]]:
        """Each effective plugin's (id, result), in order; who raises or answers wrongly is left out."""
        implementations = {impl.plugin_name: impl for impl in getattr(self._manager.hook, hook).get_hookimpls()}
        wanted = self._order() if only is None else list(only)
        results = []
        for name in wanted:
            if name in implementations:
                answer = self.guard(name, hook, _bound(implementations[name], arguments))
                if answer is not None:
                    results.append((name, answer))
        return results

    def implementing(self, hook: str) -> list[str]:
        """The effective plugins that implement the hook, in order."""
        known = {impl.plugin_name for impl in getattr(self._manager.hook, hook).get_hookimpls()}
        return [name for name in self._order() if name in known]

    def guard(self, plugin: str, hook: str, call: Callable[[], Any]) -> Any:
        """The result of ``call``, None if it raises, is of the wrong type or rests; in a savepoint where it writes."""
        if self.breaker.is_resting(plugin, hook):
            return None
        if self._trace:
            log.info("hook", plugin=plugin, hook=hook)
        started = time.monotonic()
        try:
            if is_writing() and db.session.is_active:
                with db.session.begin_nested():
                    return checked(hook, call())
            return checked(hook, call())
        except (Exception, SystemExit) as error:
            self.breaker.note(plugin, hook, error)
            log.exception("hook_failed", plugin=plugin, hook=hook)
            if not is_writing():
                db.session.rollback()  # a failed statement must not spoil the rest of the page
            return None
        finally:
            if (took := time.monotonic() - started) > SLOW_S:
                log.warning("hook_slow", plugin=plugin, hook=hook, ms=round(took * 1000))


def _bound(implementation: Any, arguments: dict[str, Any]) -> Callable[[], Any]:
    chosen = {name: arguments[name] for name in implementation.argnames}
    return lambda: implementation.function(**chosen)


def checked(hook: str, answer: Any) -> Any:
    """``answer``, if it is of the hook's type, and a list of things of the right type. Raises TypeError otherwise."""
    name = hook.partition(":")[0]
    kind, element = KINDS.get(name), ELEMENTS.get(name)
    if answer is None:
        return None
    if element is not None:
        kind = list
    if kind is not None and not isinstance(answer, kind):
        raise TypeError(f"{hook} gave {type(answer).__name__}")
    wrong = [one for one in answer if not isinstance(one, element)] if element is not None else []
    if wrong:
        raise TypeError(f"{hook} gave a list with {type(wrong[0]).__name__}")
    return answer
