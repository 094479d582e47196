"""The pages below /umfragen/."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from portal.sdk.access import MEMBER, access
from portal.sdk.errors import Invalid
from portal.sdk.i18n import gettext as _
from portal.sdk.web import PortalBlueprint, read_number

from portal_umfragen import services
from portal_umfragen.forms import PollForm

blueprint = PortalBlueprint("umfragen", __name__)


@blueprint.get("/")
@access(MEMBER)
def poll_list():
    return list_page(PollForm())


@blueprint.post("/")
@access("umfragen.ask", rate="form")
def poll_create():
    form = PollForm()
    if not form.validate():
        return list_page(form), 400
    try:
        poll = services.create_poll(current_user, form.question.data, form.answers.data.splitlines())
    except Invalid as error:
        form.add_error(error)
        return list_page(form), 400
    return redirect(url_for("umfragen.poll_show", number=poll.id))


@blueprint.get("/<int:number>")
@access(MEMBER)
def poll_show(number):
    poll = services.get_poll(current_user, number)
    return render_template(
        "umfragen/poll_show.html",
        poll=poll,
        mine=services.find_vote(current_user, poll),
        results=services.count_votes(poll),
    )


@blueprint.post("/<int:number>/vote")
@access(MEMBER, rate="form")
def poll_vote(number):
    answer = read_number(request.form.get("answer"))
    services.vote(current_user, number, -1 if answer is None else answer)
    flash(_("Thank you, your answer counts."), "success")
    return redirect(url_for("umfragen.poll_show", number=number))


def list_page(form):
    return render_template("umfragen/poll_list.html", polls=services.list_polls(current_user), form=form)


def render_card(member):
    """The polls that wait for the member; "" shows no card."""
    polls = services.list_open(member)
    return render_template("umfragen/card.html", polls=polls[:3]) if polls else ""
