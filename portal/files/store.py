"""The storage and the size limit that the running application is set to."""

from __future__ import annotations

from flask import current_app

from portal.config import Settings
from portal.files.storage import Storage, storage_from_url

SETTINGS = "PORTAL_SETTINGS"
EXTENSION = "portal_storage"


def current_storage() -> Storage:
    """The application's storage, opened when first asked for."""
    extensions = current_app.extensions
    if EXTENSION not in extensions:
        extensions[EXTENSION] = storage_from_url(_settings().storage)
    return extensions[EXTENSION]


def max_upload_megabytes() -> int:
    """How many megabytes a file may have."""
    return _settings().max_upload_mb


def is_storage_ready() -> bool:
    """Whether the storage answers; /readyz asks."""
    current_storage().check()
    return True


def _settings() -> Settings:
    return current_app.config[SETTINGS]
