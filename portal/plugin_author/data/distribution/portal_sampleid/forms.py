"""The forms."""

from __future__ import annotations

from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.web import PortalForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length


class EntryForm(PortalForm):
    """A new entry."""

    title = StringField(_l("Title"), [InputRequired(), Length(max=120)])
    text = TextAreaField(_l("Text"), [Length(max=10_000)])
