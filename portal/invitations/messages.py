"""The mails of this room, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.mail.letters import Letter
from portal.web.locale import writing_in


def invitation_mail(name: str, inviter: str, organisation: str, link: str, locale: str) -> Letter:
    """Subject and text of an invitation; the same for an address with and without an account."""
    with writing_in(locale):
        values = {"name": name, "inviter": inviter or _("The office of the network"), "organisation": organisation}
        if organisation:
            what = _("%(inviter)s invites you to the portal, for %(organisation)s.", **values)
        else:
            what = _("%(inviter)s invites you to the portal.", **values)
        text = _(
            "Hello %(name)s,\n\n%(what)s Accept here within seven days:\n\n%(link)s\n\n"
            "If you don't know why you get this mail, ignore it: nothing happens.\n",
            name=name,
            what=what,
            link=link,
        )
        return Letter(_("Your invitation to the portal"), text, _("Accept the invitation"), locale)


def confirmation_mail(link: str, locale: str) -> Letter:
    """Subject and text for somebody who asked for access and has to confirm the address.

    Anybody can have it sent to anybody, so nothing that was typed stands in it."""
    with writing_in(locale):
        text = _(
            "Hello,\n\nyou asked for access to the portal. Please confirm your address here within a day:\n\n"
            "%(link)s\n\nIf you did not ask for this, ignore this mail: nothing happens.\n",
            link=link,
        )
        return Letter(_("Please confirm your address"), text, _("Confirm the address"), locale)


def known_mail(name: str, link: str, locale: str) -> Letter:
    """Subject and text for somebody who asked for access and has an account already."""
    with writing_in(locale):
        text = _(
            "Hello %(name)s,\n\nsomebody asked for access to the portal with your address. You have an account "
            "already. If you have forgotten your password, choose a new one here:\n\n%(link)s\n",
            name=name,
            link=link,
        )
        return Letter(_("You have an account already"), text, _("Choose a new password"), locale)


def refusal_mail(name: str, reason: str, locale: str) -> Letter:
    """Subject and text of a refused request for access."""
    with writing_in(locale):
        text = _(
            "Hello %(name)s,\n\nyour request for access to the portal was not granted. The reason:\n\n%(reason)s\n",
            name=name,
            reason=reason,
        )
        return Letter(_("Your request for access to the portal"), text, locale=locale)


def moved_sentences(invitations: int, requests: int) -> list[str]:
    """What merging two organisations moves of this room."""
    said = [
        (invitations, ngettext("%(num)s invitation moves.", "%(num)s invitations move.", invitations)),
        (requests, ngettext("%(num)s request for access moves.", "%(num)s requests for access move.", requests)),
    ]
    return [sentence for count, sentence in said if count]
