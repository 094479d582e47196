"""Forms of inviting and of asking for access."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.invitations.services.requesting import MAX_PLACE, MAX_REASON
from portal.members.services.creating import MAX_NAME
from portal.web.forms import PortalForm, options

MEMBERSHIPS = options(
    [("representative", _l("Belongs to it")), ("editor", _l("Belongs to it and edits what is theirs"))]
)


class ColleagueForm(PortalForm):
    """Inviting into an organisation that is known."""

    name = StringField(_l("Name"), [InputRequired(), Length(max=MAX_NAME)])
    email = EmailField(_l("E-mail address"), [InputRequired(), Length(max=254)])
    role = SelectField(_l("In the organisation"), choices=MEMBERSHIPS)


class InvitationForm(ColleagueForm):
    """Inviting by the office."""

    organisation = SelectField(_l("Organisation"), coerce=int, default=0)


class RequestForm(PortalForm):
    """Asking for access."""

    name = StringField(_l("Name"), [InputRequired(), Length(max=MAX_NAME)])
    email = EmailField(_l("E-mail address"), [InputRequired(), Length(max=254)])
    organisation = SelectField(_l("Organisation"), coerce=int, default=0)
    organisation_name = StringField(_l("Other organisation"), [Length(max=MAX_PLACE)])
    reason = TextAreaField(_l("Why do you need access?"), [Length(max=MAX_REASON)])


class ApprovalForm(PortalForm):
    """Granting access."""

    organisation = SelectField(_l("Organisation"), coerce=int, default=0)
    role = SelectField(_l("In the organisation"), choices=MEMBERSHIPS)


class RefusalForm(PortalForm):
    """Refusing access."""

    reason = TextAreaField(_l("Reason, as it is mailed"), [InputRequired(), Length(max=MAX_REASON)])


class ListForm(PortalForm):
    """Uploading a list of people to invite."""

    file = FileField(_l("List (CSV or Excel)"), [FileRequired()])


class ConfirmedListForm(PortalForm):
    """The list as it was checked."""

    rows = TextAreaField(validators=[InputRequired()])
