"""From the setting ``PORTAL_STORAGE_URL`` to a storage."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from obstore.store import S3Store

from portal.files.storage.bucket import BucketStorage
from portal.files.storage.local import LocalStorage
from portal.files.storage.memory import MemoryStorage
from portal.files.storage.protocol import Storage

REGION = "us-east-1"
S3_PARAMETERS = {"endpoint", "region"}


def storage_from_url(url: str) -> Storage:
    """The storage at ``file:/folder``, ``s3://bucket/prefix?endpoint=https://…&region=…`` or ``memory:``.

    Raises ValueError for any other address."""
    if url.startswith("file:/"):
        return LocalStorage(Path("/" + url.removeprefix("file:").lstrip("/")))
    parts = urlsplit(url)
    if parts.scheme == "s3" and parts.netloc:
        return BucketStorage(_bucket(parts.netloc, parts.path.strip("/"), _parameters(parts.query)))
    if url == "memory:":
        return MemoryStorage()
    raise ValueError("the storage address must be file:/folder or s3://bucket?endpoint=…")


def _parameters(query: str) -> dict[str, str]:
    found = {name: values[-1] for name, values in parse_qs(query, strict_parsing=bool(query)).items()}
    if unknown := sorted(found.keys() - S3_PARAMETERS):
        raise ValueError("the storage address has unknown parameters: " + ", ".join(unknown))
    return found


def _bucket(name: str, prefix: str, parameters: dict[str, str]) -> S3Store:
    endpoint = parameters.get("endpoint", f"https://s3.{parameters.get('region', REGION)}.amazonaws.com")
    return S3Store(
        name,
        prefix=prefix or None,
        endpoint=endpoint,
        region=parameters.get("region", REGION),
        client_options={
            "allow_http": endpoint.startswith("http:"),
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(seconds=60),
        },
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=15)},
    )
