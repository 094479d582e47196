"""What the core keeps of a plugin's notices, for purging."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.notices.services.keeping import count_notices_of_plugin, delete_notices_of_plugin
from portal.plugin_host.remains import Remains

REMAINS = [Remains(_l("Notices"), count_notices_of_plugin, delete_notices_of_plugin)]
