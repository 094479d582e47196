"""The pages: one blueprint, a module for each group of them."""

from plugins.events.views import editing, files, participations, parts, reading, sections, versions
from plugins.events.views.blueprint import blueprint

__all__ = ["blueprint", "editing", "files", "participations", "parts", "reading", "sections", "versions"]
