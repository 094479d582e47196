"""Where the bytes lie: a folder, an S3 bucket or memory, behind one protocol."""

from portal.files.storage.address import storage_from_url
from portal.files.storage.bucket import BucketStorage
from portal.files.storage.local import LocalStorage
from portal.files.storage.memory import MemoryStorage
from portal.files.storage.protocol import Listed, Missing, Storage, Stored, new_key

__all__ = [
    "BucketStorage",
    "Listed",
    "LocalStorage",
    "MemoryStorage",
    "Missing",
    "Storage",
    "Stored",
    "new_key",
    "storage_from_url",
]
