"""The mails of this room, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.mail.letters import FOOT, Letter
from portal.notices.models import Notice
from portal.permissions.actor import Actor
from portal.plugin_host.asking import notice_kinds
from portal.plugin_host.navigation import the_host
from portal.web.locale import writing_in

MOST = 40


@dataclass(frozen=True)
class Told:
    """A notice in words: its number, what it says and the whole address of what it is about."""

    notice_id: int
    sentence: str
    link: str


def sentence_of_notice(notice: Notice) -> str:
    """What a notice says, in the language of the moment; "" if its kind is not in force or can't say it."""
    kind = notice_kinds().get(notice.kind)
    if kind is None:
        return ""
    owner = notice.kind.split(".", 1)[0]
    said = the_host().hooks.guard(owner, f"notice:{notice.kind}", lambda: str(kind.text(notice.params)))
    return " ".join((said or "").split())


def single_mail(reader: Actor, notice: Notice, off: str) -> Letter | None:
    """What is mailed at once of a notice; None if it has no words. ``off``: where one click ends such mails."""
    base = the_host().settings.base_url
    with writing_in(reader.locale):
        sentence = sentence_of_notice(notice)
        if not sentence:
            return None
        foot = _foot(base, _("No more mails of this kind"), off)
        text = _(
            "Hello %(name)s,\n\n%(sentence)s\n\n%(link)s\n\n%(foot)s",
            name=reader.name,
            sentence=sentence,
            link=f"{base}{notice.path}",
            foot=foot,
        )
        return Letter(sentence, text, _("Have a look"), reader.locale)


def tell(reader: Actor, notices: Sequence[Notice]) -> list[Told]:
    """Those of the notices that can be said just now, in the reader's language."""
    base = the_host().settings.base_url
    with writing_in(reader.locale):
        told = [Told(one.id, sentence_of_notice(one), f"{base}{one.path}") for one in notices]
    return [one for one in told if one.sentence]


def digest_mail(reader: Actor, told: Sequence[Told], off: str, is_more: bool) -> Letter:
    """What is mailed of many notices, the newest first. ``is_more``: there are others that it does not name."""
    base = the_host().settings.base_url
    with writing_in(reader.locale):
        name = the_host().settings.name
        subject = ngettext("%(num)s news from %(portal)s", "%(num)s news from %(portal)s", len(told), portal=name)
        more = [_("There is more in the portal") + f"\n{base}/me/notices"] if is_more or len(told) > MOST else []
        parts = [
            _("Hello %(name)s,", name=reader.name),
            _("this is new for you:"),
            *(f"{one.sentence}\n{one.link}" for one in told[:MOST]),
            *more,
            _foot(base, _("No more digests"), off),
        ]
        return Letter(subject, "\n\n".join(parts), "", reader.locale)


def _foot(base: str, words: str, off: str) -> str:
    choose = _("Choose what you are told of, and how")
    return f"{FOOT}\n\n{choose}\n{base}/me/notices/settings\n\n{words}\n{off}\n"
