"""The form of a draft."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.legal.services.writing import MAX_TEXT
from portal.web.forms import GuardedForm


class DraftForm(GuardedForm):
    """A text in both languages."""

    text_de = TextAreaField(_l("German"), [InputRequired(), Length(max=MAX_TEXT)], description=_l("In Markdown."))
    text_en = TextAreaField(
        _l("English"), [Length(max=MAX_TEXT)], description=_l("In Markdown. Without it, the German text is shown.")
    )
    needs_agreement = BooleanField(
        _l("Members must agree to this version"),
        description=_l(
            "They are asked on their next page and can put it off for two weeks. Leave it out for small corrections."
        ),
    )
