"""Forms of logging in and of what protects an account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from portal.login.services.passwords import MAX_LENGTH
from portal.web.forms import PortalForm

PASSWORD_HELP = _l("At least 12 characters. Several words that don't belong together are easy to keep in mind.")


class LoginForm(PortalForm):
    """Address and password."""

    email = EmailField(_l("E-mail address"), [InputRequired(), Length(max=254)])
    password = PasswordField(_l("Password"), [InputRequired(), Length(max=MAX_LENGTH)])
    remember = BooleanField(_l("Stay logged in on this device for 30 days"))
    next = HiddenField()


class ResetForm(PortalForm):
    """Asking for a reset link."""

    email = EmailField(_l("E-mail address"), [InputRequired(), Length(max=254)])


class AddressForm(PortalForm):
    """Changing one's own address."""

    email = EmailField(_l("New e-mail address"), [InputRequired(), Length(max=254)])
    password = PasswordField(_l("Present password"), [InputRequired(), Length(max=MAX_LENGTH)])


class NewPasswordForm(PortalForm):
    """Choosing a password by a link."""

    password = PasswordField(_l("New password"), [InputRequired()], description=PASSWORD_HELP)
    again = PasswordField(
        _l("New password again"), [InputRequired(), EqualTo("password", _l("The two passwords differ."))]
    )


class ChangePasswordForm(PortalForm):
    """Changing one's own password."""

    old_password = PasswordField(_l("Present password"), [InputRequired(), Length(max=MAX_LENGTH)])
    password = PasswordField(_l("New password"), [InputRequired()], description=PASSWORD_HELP)
    again = PasswordField(
        _l("New password again"), [InputRequired(), EqualTo("password", _l("The two passwords differ."))]
    )


class FactorForm(PortalForm):
    """The second step of logging in: a code of the app, or one for recovery."""

    code = StringField(_l("Code"), [InputRequired(), Length(max=40)])
    next = HiddenField()


class FirstCodeForm(PortalForm):
    """The first code of an authenticator app that is being set up."""

    code = StringField(_l("Code from the app"), [InputRequired(), Length(max=12)])


class ConfirmForm(PortalForm):
    """A new proof; one of the fields is enough. The names are none that a kept form could have."""

    confirm_password = PasswordField(_l("Password"), [Length(max=MAX_LENGTH)])
    confirm_code = StringField(_l("Code from the app"), [Length(max=12)])


class PasskeyForm(PortalForm):
    """A new passkey: what to call it, and what the device answered."""

    name = StringField(_l("Name"), [InputRequired(), Length(max=80)])
    credential = HiddenField()


class RenameForm(PortalForm):
    """Another name for a passkey."""

    name = StringField(_l("Name"), [InputRequired(), Length(max=80)])
