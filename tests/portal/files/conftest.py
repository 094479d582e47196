"""Fixtures of the files room: an S3 server, and samples made on the spot."""

import secrets
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from moto.server import ThreadedMotoServer


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket_url(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    name = f"files-{secrets.token_hex(4)}"
    with urlopen(Request(f"{s3_endpoint}/{name}", method="PUT")) as answer:
        assert answer.status == 200
    return f"s3://{name}/portal?endpoint={s3_endpoint}"
