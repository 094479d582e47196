"""What a refusal says to the reader."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.errors import PortalError


def sentence_of(error: PortalError) -> str:
    """The error's sentence in the reader's language, with its values filled in; "" if it says nothing."""
    return _(error.message, **error.details) if error.message else ""
