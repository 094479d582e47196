"""What the owner of an account is written when its protection changes."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.mail.letters import Letter
from portal.web.locale import writing_in

# event: subject, what happened
NOTICES: dict[str, tuple[Any, Any]] = {
    "password_changed": (_l("Your password was changed"), _l("the password of your account was changed.")),
    "factor_added": (
        _l("A second factor was added to your account"),
        _l("an authenticator app was set up for your account. From now on logging in asks for a code of it."),
    ),
    "factor_removed": (
        _l("A second factor was removed from your account"),
        _l("your account is no longer protected by the second factor that it had."),
    ),
    "passkey_added": (
        _l("A passkey was added to your account"),
        _l("the passkey “%(passkey)s” was added to your account. It lets its owner in without the password."),
    ),
    "passkey_removed": (
        _l("A passkey was removed from your account"),
        _l("the passkey “%(passkey)s” was removed from your account and lets nobody in any more."),
    ),
    "sign_on_added": (
        _l("A sign-on was linked to your account"),
        _l("the account %(account)s of the single sign-on was linked to your account here. It lets its owner in."),
    ),
    "sign_on_removed": (
        _l("A sign-on was unlinked from your account"),
        _l("the account %(account)s of the single sign-on lets nobody into your account here any more."),
    ),
    "address_undone": (
        _l("The change of your address was undone"),
        _l(
            "the change of your address was undone and everybody was logged out of your account. What was set up "
            "lately might be somebody else's, so it was removed. Passkeys: %(passkeys)s. Authenticator apps: %(apps)s. "
            "Recovery codes: %(codes)s. Sign-ons: %(sign_ons)s."
        ),
    ),
    "recovery_used": (
        _l("A recovery code was used"),
        _l("a recovery code was used to log in to your account. Codes left: %(left)s."),
    ),
    "new_device": (
        _l("Log-in on a new device"),
        _l("somebody logged in to your account on a device that we don't know: %(device)s, network %(network)s."),
    ),
}


def notice_mail(event: str, name: str, locale: str, values: dict[str, Any]) -> Letter:
    """Subject and text of a notice, in the owner's language, else in the portal's."""
    with writing_in(locale):
        subject, happened = NOTICES[event]
        text = _(
            "Hello %(name)s,\n\n%(happened)s\n\nWas it you? Then there is nothing to do.\n\n"
            "If not, choose a new password at once (“Forgotten your password?” on the page for logging in) and look at "
            "your devices and your second factor under “My account”.\n",
            name=name,
            happened=str(happened) % values,
        )
        return Letter(str(subject), text, locale=locale)
