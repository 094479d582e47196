"""Forms of administration."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from portal.admin.services.grants import MAX_TITLE
from portal.members.services.creating import MAX_FUNCTION, MAX_NAME
from portal.organisations.kinds import TITLES
from portal.organisations.services import creating
from portal.topics.laender import LAENDER
from portal.web.forms import GuardedForm, PortalForm, options

MEMBERSHIPS = options(
    [("representative", _l("Belongs to it")), ("editor", _l("Belongs to it and edits what is theirs"))]
)


class PersonForm(GuardedForm):
    """Name, address and function of somebody."""

    name = StringField(_l("Name"), [InputRequired(), Length(max=MAX_NAME)])
    email = EmailField(_l("E-mail address"), [Length(max=254)])
    function = StringField(_l("Function"), [Length(max=MAX_FUNCTION)])


class NewPersonForm(PersonForm):
    """Somebody new, with an organisation and an invitation if wanted."""

    organisation = SelectField(_l("Organisation"), coerce=int, default=0)
    membership = SelectField(_l("In the organisation"), choices=MEMBERSHIPS)
    invite = BooleanField(_l("Send an invitation by mail"), default=True)
    namesake = BooleanField(_l("This is somebody else of the same name"))


class MemberRolesForm(PortalForm):
    """The roles of a member, and those that they held when the form was opened: only what differs is changed."""

    seen = HiddenField()

    roles = SelectMultipleField(
        _l("This member holds"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=True,
    )


class MembershipForm(PortalForm):
    """A member belongs to an organisation."""

    organisation = SelectField(_l("Organisation"), coerce=int)
    role = SelectField(_l("In the organisation"), choices=MEMBERSHIPS)


class OrganisationForm(GuardedForm):
    """What is known of an organisation."""

    name = StringField(_l("Name"), [InputRequired(), Length(max=creating.MAX_NAME)])
    short_name = StringField(_l("Short name"), [Length(max=creating.MAX_SHORT)])
    kind = SelectField(_l("Kind"), choices=options(TITLES.items()))
    land = SelectField(_l("Land"), choices=options([("", _l("None")), *LAENDER.items()]))
    town = StringField(_l("Town"), [Length(max=creating.MAX_TOWN)])


class PurgeForm(PortalForm):
    """The identity of the plugin whose data is to be deleted, typed by hand."""

    typed = StringField(_l("Identity of the plugin"), [InputRequired()])


class RoleForm(PortalForm):
    """The title of a role."""

    title = StringField(_l("Name"), [InputRequired(), Length(max=MAX_TITLE)])
