"""Forms of logging in and of what protects an account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, PasswordField
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
