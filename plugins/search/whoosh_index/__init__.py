"""The embedded engine: Whoosh keeps the postings, the plugin scores them itself."""

from plugins.search.whoosh_index.engine import WhooshIndex

__all__ = ["WhooshIndex"]
