"""The pages of initiatives."""

from plugins.initiatives.views import directory, editing, profiles, revisions
from plugins.initiatives.views.blueprint import blueprint

__all__ = ["blueprint", "directory", "editing", "profiles", "revisions"]
