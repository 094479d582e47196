"""How long the files with somebody's own data are kept."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.privacy.services.exporting import count_over, delete_over
from portal.retention.registry import Rule

RULES = [Rule("privacy.exports", _l("The file with all your data"), "keep_export_days", count_over, delete_over)]
