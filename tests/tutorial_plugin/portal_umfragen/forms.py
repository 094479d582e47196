"""The form of a new poll."""

from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.web import PortalForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length


class PollForm(PortalForm):
    """A question and its answers."""

    question = StringField(_l("Question"), [InputRequired(), Length(max=200)])
    answers = TextAreaField(_l("Answers, one a line"), [InputRequired(), Length(max=2000)])
