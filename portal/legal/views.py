"""Reading the texts, agreeing to them, and writing them."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.database import utcnow
from portal.errors import Conflict, Invalid
from portal.legal.forms import DraftForm
from portal.legal.models import KINDS, LegalText
from portal.legal.services import agreeing, reading, writing
from portal.permissions.actor import MEMBER, PUBLIC
from portal.web.access import AGREE_WITHIN, LATER, access
from portal.web.paging import read_number
from portal.web.redirects import local_target

ASKED_AGAIN_AFTER = timedelta(days=1)

blueprint = Blueprint("legal", __name__)


@blueprint.get("/privacy")
@access(PUBLIC)
def privacy_show() -> str:
    """The privacy notice that counts now."""
    return _text_page("privacy", reading.find_current("privacy"))


@blueprint.get("/terms")
@access(PUBLIC)
def terms_show() -> str:
    """The terms that count now."""
    return _text_page("terms", reading.find_current("terms"))


@blueprint.get("/privacy/<int:number>")
@access(PUBLIC)
def privacy_version(number: int) -> str:
    """A version of the privacy notice."""
    return _text_page("privacy", reading.get_version("privacy", number))


@blueprint.get("/terms/<int:number>")
@access(PUBLIC)
def terms_version(number: int) -> str:
    """A version of the terms."""
    return _text_page("terms", reading.get_version("terms", number))


@blueprint.get("/agreement")
@access(MEMBER)
def agreement_form() -> ResponseReturnValue:
    """What is new, to agree to."""
    texts = agreeing.list_asked(current_user.id)
    if not texts:
        return redirect(_wanted())
    until = current_user.asked_since + AGREE_WITHIN if current_user.asked_since else utcnow()
    return render_template("portal/legal/agreement_form.html", texts=texts, until=until, wanted=_wanted(), now=utcnow())


@blueprint.post("/agreement")
@access(MEMBER, rate="form")
def agreement_give() -> ResponseReturnValue:
    """Agree to what was shown."""
    numbers = (read_number(one) for one in request.form.getlist("text"))
    agreeing.agree(current_user, {one for one in numbers if one is not None})
    session.pop(LATER, None)
    flash(_("Thank you. You find what you agreed to at “My data”."), "success")
    return redirect(_wanted())


@blueprint.post("/agreement/later")
@access(MEMBER, rate="form")
def agreement_later() -> ResponseReturnValue:
    """Be asked again tomorrow; the door counts the two weeks."""
    session[LATER] = (utcnow() + ASKED_AGAIN_AFTER).timestamp()
    return redirect(_wanted())


@blueprint.get("/admin/texts")
@access("legal.manage")
def text_list() -> str:
    """The texts: what counts, what is being written, what was."""
    states = [(kind, reading.list_versions(kind), writing.get_draft(current_user, kind)) for kind in KINDS]
    counts = {one.id: agreeing.count_agreed(one) for _kind, versions, _draft in states for one in versions}
    return render_template("portal/legal/text_list.html", states=states, counts=counts)


@blueprint.get("/admin/texts/<kind>")
@access("legal.manage")
def draft_edit(kind: str) -> str:
    """The draft of a text."""
    draft = writing.get_draft(current_user, kind)
    return _draft_page(draft, DraftForm(obj=draft))


@blueprint.post("/admin/texts/<kind>")
@access("legal.manage", rate="form")
def draft_update(kind: str) -> ResponseReturnValue:
    """Keep the draft."""
    draft, form = writing.get_draft(current_user, kind), DraftForm()
    if not form.validate():
        return _draft_page(draft, form), 422
    said = writing.Draft(form.text_de.data or "", form.text_en.data or "", bool(form.needs_agreement.data))
    try:
        writing.update_draft(current_user, kind, said, form.seen_version)
    except Invalid as error:
        form.add_error(error)
        return _draft_page(draft, form), 422
    except Conflict as conflict:
        form.show_conflict(conflict, draft)
        return _draft_page(draft, form), 409
    flash(_("The draft is saved. It is not public yet."), "success")
    return redirect(url_for("legal.draft_edit", kind=kind))


@blueprint.post("/admin/texts/<kind>/publish")
@access("legal.manage", rate="form")
def draft_publish(kind: str) -> ResponseReturnValue:
    """Let the draft count from now on."""
    writing.publish_draft(current_user, kind, read_number(request.form.get("version")) or 0)
    flash(_("The new version is public."), "success")
    return redirect(url_for("legal.text_list"))


def _text_page(kind: str, text: LegalText | None) -> str:
    versions = reading.list_versions(kind)
    return render_template("portal/legal/text_show.html", kind=kind, text=text, versions=versions)


def _draft_page(draft: LegalText, form: DraftForm) -> str:
    return render_template("portal/legal/draft_edit.html", draft=draft, form=form)


def _wanted() -> str:
    return local_target(request.args.get("next"), url_for("dashboard.dashboard_show"))
