"""Blueprints, forms, links and formats."""

from portal.plugin_host.blueprint import PortalBlueprint
from portal.plugin_host.navigation import plugin_url
from portal.web.forms import GuardedForm, PortalForm, options
from portal.web.markdown import plain_text, render_markdown
from portal.web.paging import Page, key_of, page_of, read_key, read_number
from portal.web.redirects import local_target, moved_to
from portal.web.sentences import sentence_of
from portal.web.slugs import slug_of

__all__ = [
    "GuardedForm",
    "Page",
    "PortalBlueprint",
    "PortalForm",
    "key_of",
    "local_target",
    "moved_to",
    "options",
    "page_of",
    "plain_text",
    "plugin_url",
    "read_key",
    "read_number",
    "render_markdown",
    "sentence_of",
    "slug_of",
]
