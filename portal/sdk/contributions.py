"""What hooks give."""

from portal.jobs import Job
from portal.plugin_host.contributions import Card, Check, MenuEntry, NoticeKind, SearchDocument, SearchType, Slot

__all__ = ["Card", "Check", "Job", "MenuEntry", "NoticeKind", "SearchDocument", "SearchType", "Slot"]
