"""Fixtures of the files room."""

import secrets

import pytest

from tests.servers.fixtures import s3_server
from tests.servers.s3 import S3Server

__all__ = ["s3_server"]


@pytest.fixture
def bucket_url(s3_server: S3Server) -> str:
    return s3_server.create_bucket(f"files-{secrets.token_hex(4)}")
