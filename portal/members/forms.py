"""Forms of members."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from portal.members.services.creating import MAX_FUNCTION, MAX_NAME
from portal.web.forms import GuardedForm, options

LANGUAGES = options([("", _l("As my browser says")), ("de", "Deutsch"), ("en", "English")])


class MeForm(GuardedForm):
    """What members say of themselves."""

    name = StringField(_l("Name"), [InputRequired(), Length(max=MAX_NAME)])
    function = StringField(
        _l("Function"), [Length(max=MAX_FUNCTION)], description=_l("What you do, as colleagues should read it.")
    )
    locale = SelectField(
        _l("Language"), choices=LANGUAGES, description=_l("For mails, and for the portal on a new device.")
    )
