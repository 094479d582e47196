"""The mails of this room, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.mail.letters import Letter
from portal.web.locale import writing_in


def reset_mail(name: str, link: str, locale: str) -> Letter:
    """Subject and text of a password reset."""
    with writing_in(locale):
        text = _(
            "Hello %(name)s,\n\nchoose a new password here within ten minutes:\n\n%(link)s\n\n"
            "If you did not ask for this, ignore this mail: nothing changes.\n",
            name=name,
            link=link,
        )
        return Letter(_("Choose a new password"), text, _("Choose a new password"), locale)


def address_mail(link: str, locale: str) -> Letter:
    """Subject and text for a new address that has to be confirmed."""
    with writing_in(locale):
        text = _(
            "Hello,\n\nconfirm here, within ten minutes, that you want to log in to the portal with this address:\n\n"
            "%(link)s\n\nIf you did not ask for this, ignore this mail: nothing changes.\n",
            link=link,
        )
        return Letter(_("Confirm your new address"), text, _("Confirm the address"), locale)


def address_taken_mail(locale: str) -> Letter:
    """Subject and text for an address that somebody wants to change to and that has an account already."""
    with writing_in(locale):
        text = _(
            "Hello,\n\nsomebody wanted to change the address of their account in the portal to yours. You are in the "
            "portal with it already, so nothing was changed. If it was you, ask the office to join both.\n"
        )
        return Letter(_("Your address is in the portal already"), text, locale=locale)


def address_changed_mail(name: str, new: str, link: str, locale: str) -> Letter:
    """Subject and text for the old address after a change."""
    with writing_in(locale):
        text = _(
            "Hello %(name)s,\n\nyou now log in to the portal with the address %(new)s.\n\n"
            "If this was not you, take your account back here within seven days. You are then logged out everywhere "
            "and choose a new password:\n\n%(link)s\n",
            name=name,
            new=new,
            link=link,
        )
        return Letter(_("Your address was changed"), text, _("Take my account back"), locale)


def address_given_mail(name: str, new: str, link: str, locale: str) -> Letter:
    """Subject and text for the old address after the office changed it."""
    with writing_in(locale):
        text = _(
            "Hello %(name)s,\n\nthe office changed your address: from now on you log in to the portal with %(new)s. "
            "You were logged out everywhere.\n\nIf you did not want this, take your account back here within seven "
            "days and choose a new password:\n\n%(link)s\n",
            name=name,
            new=new,
            link=link,
        )
        return Letter(_("Your address was changed"), text, _("Take my account back"), locale)
