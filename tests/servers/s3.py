"""An S3 server of the tests' own (moto), in memory only."""

import os
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.process import find_free_port, is_listening, running

# moto accepts any credentials, but S3 clients insist on having some.
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": "eu-central-1",
    "AWS_DEFAULT_REGION": "eu-central-1",
}


@dataclass(frozen=True)
class S3Server:
    """A running server on 127.0.0.1."""

    port: int

    @property
    def endpoint(self) -> str:
        """The address S3 clients talk to."""
        return f"http://127.0.0.1:{self.port}"

    def create_bucket(self, name: str) -> str:
        """Create a bucket (at least three characters) and return it as PORTAL_STORAGE_URL takes it."""
        request = urllib.request.Request(f"{self.endpoint}/{name}", method="PUT")
        urllib.request.urlopen(request, timeout=10).close()
        return f"s3://{name}?endpoint={self.endpoint}"


@contextmanager
def run_s3() -> Iterator[S3Server]:
    """Start an S3 server on a free port and stop it when the block ends."""
    port = find_free_port()
    with tempfile.TemporaryDirectory(prefix="s3-") as folder:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        environment = dict(os.environ) | CREDENTIALS
        with running(command, Path(folder, "log"), lambda: is_listening(port), environment=environment):
            yield S3Server(port)
