"""One's notices, what one wants to be told of, and the link that ends mails."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from portal.errors import Invalid
from portal.extensions import csrf
from portal.notices.messages import sentence_of_notice
from portal.notices.services import choosing, overflow, queries, reading, unsubscribing
from portal.notices.services.catalogue import list_kinds
from portal.notices.signing import ALL_DIGESTS
from portal.permissions.actor import MEMBER, PUBLIC
from portal.plugin_host.asking import notice_kinds
from portal.web.access import access
from portal.web.locale import select_timezone
from portal.web.sentences import sentence_of

OVERFLOW = "overflow"  # its unticked box sends "portal", so that a form without it changes nothing

blueprint = Blueprint("notices", __name__)
RHYTHMS = {
    "portal": _l("In the portal"),
    "at_once": _l("Mail at once"),
    "daily": _l("Daily mail"),
    "weekly": _l("Weekly mail"),
    "never": _l("Not at all"),
}


@blueprint.get("/me/notices")
@access(MEMBER)
def notice_list() -> str:
    """What the member was told, newest first."""
    after = request.args.get("after", "")[:60]
    page = queries.list_notices(current_user, after)
    shown = [(one, sentence_of_notice(one)) for one in page.items]
    shown = [(one, sentence) for one, sentence in shown if sentence]
    newest = queries.key_of_notice(page.items[0]) if page.items else ""
    values = {"page": page, "shown": shown, "kinds": notice_kinds(), "newest": newest, "after": after}
    return render_template("portal/notices/notice_list.html", **values)


@blueprint.post("/me/notices/<int:notice_id>/open")
@access(MEMBER, rate="form")
def notice_open(notice_id: int) -> ResponseReturnValue:
    """Mark one as read and go where it leads."""
    return redirect(reading.read_notice(current_user, notice_id).path)


@blueprint.post("/me/notices/<int:notice_id>/read")
@access(MEMBER, rate="form")
def notice_read(notice_id: int) -> ResponseReturnValue:
    """Mark one as read and stay."""
    reading.read_notice(current_user, notice_id)
    return redirect(url_for("notices.notice_list"))


@blueprint.post("/me/notices/read")
@access(MEMBER, rate="form")
def notice_read_all() -> ResponseReturnValue:
    """Mark all as read that stood there when the page was made."""
    reading.read_all(current_user, request.form.get("newest", "")[:60])
    return redirect(url_for("notices.notice_list"))


@blueprint.get("/me/notices/settings")
@access(MEMBER)
def settings_edit() -> str:
    """What one is told of, and how."""
    return _settings_page(choosing.list_rhythms(current_user))


@blueprint.post("/me/notices/settings")
@access(MEMBER, rate="form")
def settings_update() -> ResponseReturnValue:
    """Keep what was chosen."""
    rhythms = choosing.list_rhythms(current_user)
    wanted = {name: request.form.get(name, rhythm) for name, rhythm in rhythms.items()}
    try:
        choosing.choose_rhythms(current_user, wanted)
        if chosen := request.form.getlist(OVERFLOW):
            overflow.choose_overflow(current_user, "daily" in chosen)
    except Invalid as error:
        return _settings_page(rhythms, sentence_of(error)), 422
    flash(_("Your choice is saved."), "success")
    return redirect(url_for("notices.settings_edit"))


@blueprint.get("/notices/unsubscribe/<token>")
@access(PUBLIC)
def unsubscribe_show(token: str) -> str:
    """What the link in a mail ends, and a button: programs that open links end nothing."""
    return _ending_page(unsubscribing.get_ended(token), done=False)


@blueprint.post("/notices/unsubscribe/<token>")
@csrf.exempt
@access(PUBLIC, rate="form")
def unsubscribe(token: str) -> str:
    """End the mails, by a mail program's one click (RFC 8058) or by the button: the token counts, no session."""
    return _ending_page(unsubscribing.end_mails(token), done=True)


def _settings_page(rhythms: dict[str, str], problem: str = "") -> str:
    kinds = list_kinds(current_user)
    has_overflow = overflow.is_wanted(current_user.id)
    values = {"kinds": kinds, "rhythms": rhythms, "choices": RHYTHMS, "zone": select_timezone().replace("_", " ")}
    values |= {"overflow": OVERFLOW, "has_overflow": has_overflow}
    return render_template("portal/notices/settings_edit.html", problem=problem, **values)


def _ending_page(what: str, done: bool) -> str:
    kind = notice_kinds().get(what)
    title = kind.title if kind else ""
    return render_template("portal/notices/unsubscribe.html", title=title, digests=what == ALL_DIGESTS, done=done)
