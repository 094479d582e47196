"""Accepted files that try to run something do nothing in a real browser."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Dialog, Error, Page
from werkzeug.serving import make_server

from portal.files.models import Kind
from tests.portal.files import samples
from tests.portal.files.conftest import Upload

pytestmark = pytest.mark.browser
ACTION = b"/Type /Catalog /OpenAction <</S /JavaScript /JS (app.alert(1))>>"
SCRIPTED_PDF = samples.PDF.replace(b"/Type /Catalog", ACTION)


@pytest.fixture
def base(app: Flask) -> Iterator[str]:
    """The address of the application, served for this test."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def noted_dialogs(page: Page) -> list[str]:
    """What scripts say in dialogs, as it happens."""
    said: list[str] = []

    def note(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    return said


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("page.txt", samples.HTML, Kind.DOCUMENT),
        ("page.md", samples.SVG, Kind.DOCUMENT),
        ("script.pdf", SCRIPTED_PDF, Kind.DOCUMENT),
        ("polyglot.gif", samples.picture("GIF", mode="P") + samples.HTML, Kind.PHOTO),
    ],
)
def test_hostile_file_runs_nothing(
    upload: Upload, base: str, page: Page, name: str, content: bytes, kind: Kind
) -> None:
    file = upload(name, content, kind=kind, audience=["public"])
    dialogs = noted_dialogs(page)
    address = f"{base}/files/{file.key}/{file.file_name}"
    if file.is_image:
        page.goto(address)
    else:
        with pytest.raises(Error, match="Download is starting"):
            page.goto(address)
    page.wait_for_timeout(300)
    assert dialogs == []
