"""Telling other plugins, and asking them and the host."""

from portal.plugin_host.announcements import announce_deleted, announce_saved
from portal.plugin_host.asking import ask, contributions, data_folder, effective_plugins, search_backend
from portal.plugin_host.lifecycle import Refuse

__all__ = [
    "Refuse",
    "announce_deleted",
    "announce_saved",
    "ask",
    "contributions",
    "data_folder",
    "effective_plugins",
    "search_backend",
]
