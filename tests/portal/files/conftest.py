"""Fixtures of the files room."""

import io
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from portal.database import unit_of_work
from portal.files.models import Attachment, Kind
from portal.files.services import queries
from portal.files.services.receiving import receive_file
from portal.files.services.uploading import Description, Subject, create_attachment
from portal.files.storage import MemoryStorage
from portal.files.store import EXTENSION
from portal.permissions.actor import system
from tests.portal.files import samples
from tests.servers.s3 import S3Server

Upload = Callable[..., Attachment]


@pytest.fixture
def bucket_url(s3_server: S3Server) -> str:
    return s3_server.create_bucket(f"files-{secrets.token_hex(4)}")


@pytest.fixture
def storage(app: Flask) -> Iterator[MemoryStorage]:
    """The application's storage, in memory."""
    app.extensions[EXTENSION] = MemoryStorage()
    yield app.extensions[EXTENSION]
    del app.extensions[EXTENSION]


@pytest.fixture
def upload(storage: MemoryStorage, monkeypatch: pytest.MonkeyPatch) -> Upload:
    """``upload("a.pdf", content, audience=["member"])``: an attachment of a plugin in force, processed."""
    monkeypatch.setattr(queries, "effective_plugins", lambda: ("events",))

    def do(name: str = "Folien.pdf", content: bytes = samples.PDF, **options: Any) -> Attachment:
        kind = options.pop("kind", Kind.DOCUMENT)
        subject = options.pop("subject", Subject("events.event", 7))
        audience = options.pop("audience", ["member"])
        received = receive_file(io.BytesIO(content), name, kind)
        with unit_of_work():
            return create_attachment(system(), received, subject, audience, Description(**options))

    return do
