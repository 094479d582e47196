"""How long notices are kept."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement

from portal.notices.models import Notice
from portal.retention.registry import rows_rule


def _old(before: datetime) -> ColumnElement[bool]:
    return Notice.created_at < before


RULES = [rows_rule("notices.notices", _l("Notices, read or not"), "keep_notice_days", {Notice: _old})]
