"""What the core keeps of a plugin's versions, for purging: a thing that gets the same number later must find none."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.plugin_host.remains import Remains
from portal.revisions.services.snapshots import count_revisions_of_plugin, delete_revisions_of_plugin

REMAINS = [Remains(_l("Kept versions"), count_revisions_of_plugin, delete_revisions_of_plugin)]
