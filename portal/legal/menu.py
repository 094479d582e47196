"""The texts' place in administration."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.plugin_host.contributions import MenuEntry

ENTRIES = [MenuEntry(_l("Legal texts"), "legal.text_list", icon="file-text", weight=45, permission="legal.manage")]
