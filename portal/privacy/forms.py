"""Forms of one's own data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired

from portal.web.forms import PortalForm


class ErasureForm(PortalForm):
    """The wish to be forgotten, with one's own address so that no slip does it."""

    address = StringField(_l("Your e-mail address"), [InputRequired()], description=_l("Type it to confirm."))
