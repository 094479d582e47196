"""The mail of this room, and what merging says that it moves, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.mail.letters import Letter
from portal.web.locale import writing_in


def successor_mail(name: str, organisation: str, link: str, locale: str) -> Letter:
    """Subject and text for the office when nobody edits for an organisation any more."""
    with writing_in(locale):
        text = _(
            "Hello %(name)s,\n\nnobody edits for %(organisation)s any more: the account of the last editor was closed. "
            "Until you choose a successor, the office looks after it. Choose here:\n\n%(link)s\n",
            name=name,
            organisation=organisation,
            link=link,
        )
        return Letter(
            _("%(organisation)s needs an editor", organisation=organisation), text, _("Choose somebody"), locale
        )


def moved_memberships(count: int) -> list[str]:
    """What merging two organisations says of their people."""
    return [ngettext("%(num)s membership moves.", "%(num)s memberships move.", count)] if count else []


def described_person(name: str, *, is_editor: bool) -> str:
    """Somebody who comes over, and as what."""
    return _("%(name)s (editor)", name=name) if is_editor else name
