"""Telling members what happened; they choose how. The kinds are declared by the hook ``portal_notices``."""

from portal.notices.services.telling import forget_subject, notify
from portal.plugin_host.contributions import NoticeKind

__all__ = ["NoticeKind", "forget_subject", "notify"]
