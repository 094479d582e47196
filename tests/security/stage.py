"""The portal with the whole world in it: visited by each role, put back after each change."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from portal.extensions import db, limiter
from portal.plugin_host.host import EXTENSION
from tests.fixtures.client import PortalClient
from tests.fixtures.portal import Templates
from tests.security.addresses import FORMS, address_of, values_of
from tests.security.expectations import Row
from tests.security.world import World

TEMPLATE = "secured"


@dataclass
class Stage:
    """The application on a copy of the world."""

    app: Flask
    templates: Templates
    world: World
    files: Path
    clients: dict[str, PortalClient] = field(default_factory=dict)

    def save(self) -> None:
        """Keep what is in the database and the storage as the world."""
        db.session.remove()
        db.engine.dispose()
        self.templates.save(TEMPLATE)
        shutil.copytree(self.files, self.files.with_suffix(".kept"))

    def reset(self, template: str = TEMPLATE) -> None:
        """Put the world back as it was; everybody's cookie is as after their log-in."""
        db.session.remove()
        db.engine.dispose()
        self.templates.restore(template)
        if self.files.with_suffix(".kept").exists():
            shutil.copytree(self.files.with_suffix(".kept"), self.files, dirs_exist_ok=True)
        self.app.extensions[EXTENSION].sync(force=True)
        limiter.reset()
        self.clients.clear()

    def client(self, role: str) -> PortalClient:
        """This role's browser."""
        if role not in self.clients:
            browser: PortalClient = self.app.test_client()  # type: ignore[assignment]
            token = self.world.tokens.get(role)
            self.clients[role] = browser.log_in_as(token) if token else browser
        return self.clients[role]

    def visit(self, row: Row, role: str, method: str = "", **options: Any) -> TestResponse:
        """What this role gets from the row's route."""
        limiter.reset()
        values = values_of(self.world, row, role)
        if row.method == "POST" and "data" not in options:
            options["data"] = FORMS.get(row.endpoint, dict)(values) if row.endpoint in FORMS else {}
        address = address_of(self.app, row, values)
        answer = self.client(role).open(address, method=method or row.method, **options)
        answer.get_data()
        answer.close()
        return answer


def outcome_of(answer: TestResponse) -> str:
    """The answer in the words of the expectations."""
    if answer.status_code not in (301, 302, 303):
        return str(answer.status_code)
    target = urlsplit(answer.headers["Location"])
    is_door = target.path == "/login" and target.query != "next=/"  # a new password leads there on purpose
    return "login" if is_door else "redirect"
