"""What the core keeps of a plugin's files, for purging."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.files.services.deleting import delete_attachments_of_plugin
from portal.files.services.queries import count_attachments_of_plugin
from portal.plugin_host.remains import Remains

REMAINS = [Remains(_l("Files and photos"), count_attachments_of_plugin, delete_attachments_of_plugin)]
