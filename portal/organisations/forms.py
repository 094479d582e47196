"""Forms about an organisation's people."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from portal.web.forms import PortalForm


class HandOverForm(PortalForm):
    """Somebody becomes editor while another steps down."""

    leaving = SelectField(_l("Steps down"), coerce=int)
    successor = SelectField(_l("Becomes editor"), coerce=int)
