"""A portal for tests, in a folder of its own: a plugin with what it requires, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

from flask import Flask

from portal.application import create_app
from portal.config import load_settings
from portal.database import unit_of_work, writing
from portal.extensions import db, limiter
from portal.login.loader import load_actor
from portal.login.services.sessions import open_session
from portal.members.models import Member
from portal.members.naming import sort_name_of
from portal.permissions.actor import Actor, system
from portal.permissions.models import MemberRole, Role, RoleGrant
from portal.plugin_author.client import PortalClient
from portal.plugin_host.host import EXTENSION, PluginHost
from portal.plugin_host.lifecycle import Lifecycle, bump_generation
from portal.plugin_host.manifest import ENTRY_POINTS, Plugin, PluginError
from portal.plugin_host.upgrading import upgrade_all

KEPT = "ready.sqlite"


@dataclass
class Rehearsal:
    """Where a portal with ``plugins`` lives; ``database_url`` empty: an SQLite file in ``folder``."""

    folder: Path
    plugins: tuple[str, ...]
    database_url: str = ""

    def start(self, loaded: Iterable[str] | None = None) -> Flask:
        """A worker of this portal: an application that has imported the plugins, or only those ``loaded``."""
        chosen = self.plugins if loaded is None else tuple(loaded)
        settings = load_settings(
            data_dir=self.folder,
            database_url=self.database_url or f"sqlite:///{self.folder / 'portal.sqlite'}",
            secret_key="r" * 40,
            plugins=",".join(chosen) or "none",
            plugins_strict=False,
            require_second_factor="",
        )
        app = create_app(settings, immediate_jobs=True)
        app.testing = True
        app.test_client_class = PortalClient
        return app

    def prepare(self, app: Flask) -> None:
        """Make the database's schema and switch the plugins on. Raises what stops that."""
        host = host_of(app)
        list(upgrade_all(host))
        for plugin_id in self.plugins:
            if not host.is_effective(plugin_id):
                Lifecycle(host).enable(system(), plugin_id)
        leave_database()

    def keep(self) -> None:
        """Keep the database as it is; nobody may be connected."""
        shutil.copy(self.folder / "portal.sqlite", self.folder / KEPT)

    def restore(self) -> None:
        """Put the kept database back."""
        for suffix in ("-wal", "-shm"):
            (self.folder / f"portal.sqlite{suffix}").unlink(missing_ok=True)
        shutil.copy(self.folder / KEPT, self.folder / "portal.sqlite")


def host_of(app: Flask) -> PluginHost:
    """The application's plugin host."""
    host: PluginHost = app.extensions[EXTENSION]
    return host


def leave_database() -> None:
    """Close every connection of the present application."""
    db.session.remove()
    db.engine.dispose()


@contextmanager
def on_stage(app: Flask) -> Iterator[Flask]:
    """The application's context, in which a test may write; the plugins as the database has them."""
    with app.app_context(), writing():
        leave_database()
        host_of(app).sync(force=True)
        limiter.reset()
        yield app
        leave_database()


def with_requirements(plugin_ids: Iterable[str]) -> tuple[str, ...]:
    """The plugins and all that they require, those first. Raises PluginError where one is not installed."""
    found: list[str] = []
    for plugin_id in plugin_ids:
        points = [one for one in entry_points(group=ENTRY_POINTS) if one.name == plugin_id]
        if not points:
            raise PluginError(f"no installed distribution offers the plugin {plugin_id!r}")
        manifest = getattr(import_module(points[0].module), "manifest", None)
        required = manifest.requires if isinstance(manifest, Plugin) else ()
        found += [one for one in (*with_requirements(required), plugin_id) if one not in found]
    return tuple(found)


def enter(app: Flask, name: str, email: str, permissions: Iterable[str] = ()) -> tuple[Actor, PortalClient]:
    """A new member who holds these permissions: as the acting member, and as a client that is logged in."""
    with unit_of_work():
        member = Member(name=name, sort_name=sort_name_of(name), email=email, state="active")
        db.session.add(member)
        db.session.flush()
        if granted := sorted(permissions):
            _grant(member.id, granted)
        token = open_session(member.id, "Test", "127.0.0.1", remembered=False)
    host_of(app).sync(force=True)
    actor = load_actor(token)
    assert actor is not None
    client: PortalClient = app.test_client()  # type: ignore[assignment]
    return actor, client.log_in_as(token)


def _grant(member_id: int, permissions: list[str]) -> None:
    role = Role(name=f"test{member_id}", title=f"Test {member_id}")
    db.session.add(role)
    db.session.flush()
    db.session.add_all(RoleGrant(role_id=role.id, permission=one) for one in permissions)
    db.session.add(MemberRole(member_id=member_id, role_id=role.id))
    db.session.flush()
    bump_generation()
