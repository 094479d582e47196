"""The mails of this room, in the reader's language."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _


def invitation_mail(name: str, link: str, locale: str) -> tuple[str, str]:
    """Subject and text of an invitation."""
    with force_locale(locale):
        text = _(
            "Hello %(name)s,\n\nyou are invited to the portal. Choose your password here within seven days:\n\n"
            "%(link)s\n",
            name=name,
            link=link,
        )
        return _("Your invitation to the portal"), text


def reset_mail(name: str, link: str, locale: str) -> tuple[str, str]:
    """Subject and text of a password reset."""
    with force_locale(locale):
        text = _(
            "Hello %(name)s,\n\nchoose a new password here within ten minutes:\n\n%(link)s\n\n"
            "If you did not ask for this, ignore this mail: nothing changes.\n",
            name=name,
            link=link,
        )
        return _("Choose a new password"), text
