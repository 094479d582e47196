"""The mails of this room, in the reader's language."""

from __future__ import annotations

from flask_babel import format_date
from flask_babel import gettext as _

from portal.mail.letters import Letter
from portal.members.models import Member
from portal.web.locale import writing_in


def requested_mail(target: Member) -> Letter:
    """Subject and text for who asked to be erased: when it happens, and how to stay."""
    with writing_in(target.locale):
        text = _(
            "Hello %(name)s,\n\nyou asked for your account in the portal to be erased. That happens on %(day)s. Until "
            "then you can log in and stay: choose “My account”, then “My data”.\n\nIf it was not you who asked, log "
            "in, cancel it there and change your password.\n",
            name=target.name,
            day=format_date(target.erase_at),
        )
        return Letter(_("Your account will be erased"), text, locale=target.locale)


def cancelled_mail(target: Member) -> Letter:
    """Subject and text for who stays after all."""
    with writing_in(target.locale):
        text = _("Hello %(name)s,\n\nyour account in the portal stays; nothing is erased.\n", name=target.name)
        return Letter(_("Your account stays"), text, locale=target.locale)
