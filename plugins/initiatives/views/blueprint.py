"""The blueprint of all pages of initiatives."""

from __future__ import annotations

from portal.sdk.web import PortalBlueprint

blueprint = PortalBlueprint("initiatives", __name__)
