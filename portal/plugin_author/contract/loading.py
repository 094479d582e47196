"""Importing and mounting: nothing but the plugin's own things appears, no database is opened."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

from flask import Flask

from portal.database import Base
from portal.plugin_author.contract.case import Case

# Runs in a process of its own: what the import of the plugin opens, and what of the portal it changes.
PROGRAM = """
import importlib, inspect, json, sys
sys.path[:] = json.loads(sys.argv[1])
import portal.application, portal.sdk
for name in ("access api audit contributions database demo errors files hooks i18n jobs network revisions web").split():
    importlib.import_module("portal.sdk." + name)
import sqlalchemy.orm
sqlalchemy.orm.configure_mappers()
modules = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "portal" and module}
def look():
    seen = {}
    for name, module in modules.items():
        for key, value in list(vars(module).items()):
            if key.startswith("__") or inspect.ismodule(value):
                continue
            seen[name + "." + key] = id(value)
            if inspect.isclass(value) and value.__module__ == name:
                own = [(one, part) for one, part in vars(value).items() if not one.startswith(("_", "registry"))]
                seen.update({f"{name}.{key}.{one}": id(part) for one, part in own})
    return seen
before, opened = look(), []
sys.addaudithook(lambda event, args: event in ("sqlite3.connect", "socket.connect") and opened.append(event))
importlib.import_module(sys.argv[2])
after = look()
print(json.dumps([opened, sorted(key for key in {*before, *after} if before.get(key) != after.get(key))]))
"""


def check_import(case: Case) -> Iterator[str]:
    """Importing the plugin opens no database or connection and changes nothing of the portal."""
    assert case.plugin.module is not None
    command = [sys.executable, "-c", PROGRAM, json.dumps(sys.path), case.plugin.module.__name__]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own program)
    if done.returncode:
        yield f"importing it in a process of its own fails: {done.stderr.strip().splitlines()[-1:]}"
        return
    opened, changed = json.loads(done.stdout.splitlines()[-1])
    if opened:
        yield f"importing it opens {', '.join(sorted(set(opened)))}"
    for name in changed:
        yield f"importing it changes {name}"


def check_state(case: Case) -> Iterator[str]:
    """The application is the same with and without the plugin, but for what bears its name."""
    required = [one for one in case.rehearsal.plugins if one != case.plugin_id]
    without, present = _state(case.rehearsal.start(required), case), _state(case.app, case)
    for what in without:
        for name in sorted(map(str, without[what] ^ present[what])):
            yield f"loading it changes the application's {what}: {name}"


def _state(app: Flask, case: Case) -> dict[str, set[Any]]:
    stages = (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs)
    own = f"{case.plugin_id}_"
    return {
        "hooks of requests": {_name_of(one) for kept in stages for one in kept.get(None, [])},
        "context processors": {_name_of(one) for one in app.template_context_processors[None]},
        "error handlers": {kind for kinds in app.error_handler_spec[None].values() for kind in kinds},
        "template filters": {name for name in app.jinja_env.filters if not name.startswith(own)},
        "template tests": {name for name in app.jinja_env.tests if not name.startswith(own)},
        "template globals": {name for name in app.jinja_env.globals if not name.startswith(own)},
        "settings": {f"{name}={value!r}" for name, value in app.config.items() if _is_setting(name, value)},
        "commands": {name for name in app.cli.commands if name != case.plugin_id},
        "endpoints": {name for name in app.view_functions if name.split(".")[0] != case.plugin_id},
    }


def _is_setting(name: str, value: object) -> bool:
    # Flask-Limiter completes its own settings in the first application of a process only.
    return isinstance(value, str | int | bool) and not name.startswith("RATELIMIT_")


def _name_of(function: Any) -> str:
    while isinstance(function, partial):
        function = function.func
    return f"{function.__module__}.{getattr(function, '__qualname__', type(function).__name__)}"


def check_models(case: Case) -> Iterator[str]:
    """The plugin hangs nothing on the core's models by ``backref`` or ``back_populates``."""
    lineage = case.host.lineage(case.plugin_id)
    own = set(lineage.metadata.tables) if lineage else set()
    for mapper in Base.registry.mappers:
        for one in mapper.relationships:
            if str(one.target) in own:
                yield f"{one} hangs on a model of the core"
