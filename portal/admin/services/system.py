"""How the system is."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from sqlalchemy import func, select, text

from portal import DISTRIBUTION
from portal.config import Settings
from portal.extensions import db
from portal.files.services.queries import count_unfinished
from portal.jobs.heartbeat import is_worker_alive
from portal.jobs.models import WorkerSign
from portal.mail.models import OutgoingMail
from portal.permissions.actor import Actor, require

LIBRARIES = ("Flask", "SQLAlchemy", "Jinja2", "pluggy", "huey")


@dataclass(frozen=True)
class SystemFacts:
    """What the page shows; ``storage`` is "folder" or "bucket", ``database`` "sqlite" or "postgresql"."""

    versions: dict[str, str]
    database: str
    database_version: str
    storage: str
    worker_alive: bool
    worker_seen: datetime | None
    mails_waiting: int
    mails_failed: int
    files_waiting: int
    files_failed: int
    settings: dict[str, str]


def get_facts(member: Actor, settings: Settings) -> SystemFacts:
    """Versions, parts, mails and settings with secrets masked. Raises Forbidden without ``system.read``."""
    require(member, "system.read")
    dialect = db.session.get_bind().dialect.name
    files = count_unfinished()
    return SystemFacts(
        versions=_versions(),
        database=dialect,
        database_version=_database_version(dialect),
        storage="bucket" if settings.storage.startswith("s3:") else "folder",
        worker_alive=is_worker_alive(),
        worker_seen=db.session.scalar(select(func.max(WorkerSign.seen_at))),
        mails_waiting=_count_mails(failed=False),
        mails_failed=_count_mails(failed=True),
        files_waiting=files["pending"],
        files_failed=files["failed"],
        settings=settings.masked(),
    )


def _versions() -> dict[str, str]:
    found = {"Portal": version(DISTRIBUTION), "Python": platform.python_version()}
    return found | {name: version(name) for name in LIBRARIES}


def _database_version(dialect: str) -> str:
    query = "SHOW server_version" if dialect == "postgresql" else "SELECT sqlite_version()"
    return str(db.session.scalar(text(query)))


def _count_mails(failed: bool) -> int:
    waiting = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.sent_at.is_(None))
    return db.session.scalar(waiting.where(OutgoingMail.error != "" if failed else OutgoingMail.error == "")) or 0
