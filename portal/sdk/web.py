"""Blueprints, forms, links and formats."""

from portal.plugin_host.blueprint import PortalBlueprint
from portal.plugin_host.navigation import plugin_url
from portal.web.forms import GuardedForm, PortalForm, options
from portal.web.markdown import plain_text, render_markdown
from portal.web.paging import Page, page_of
from portal.web.redirects import local_target
from portal.web.sentences import sentence_of
from portal.web.slugs import slug_of

__all__ = [
    "GuardedForm",
    "Page",
    "PortalBlueprint",
    "PortalForm",
    "local_target",
    "options",
    "page_of",
    "plain_text",
    "plugin_url",
    "render_markdown",
    "sentence_of",
    "slug_of",
]
