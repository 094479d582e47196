"""Back from the provider."""

from __future__ import annotations

from flask import (
    Response,
    after_this_request,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from portal.database import unit_of_work
from portal.errors import NotFound
from portal.login.services.admitting import Seat
from portal.login.services.pending import let_in
from portal.login.services.throttling import count_try
from portal.login.views.cookies import SIGNED_ON, device, renew_cookie
from portal.login.views.entering import go_in
from portal.permissions.actor import PUBLIC
from portal.plugin_host.navigation import the_host
from portal.sign_on.services import attempts, entering
from portal.sign_on.services.attempts import Sent
from portal.sign_on.services.identities import Identity, read_identity
from portal.sign_on.services.provider import BACK, Provider
from portal.sign_on.services.refusals import ProviderAway, Refused
from portal.sign_on.views.blueprint import blueprint, cookie_name, the_provider
from portal.web.access import access

# reason: heading, what it means and what to do
PAGES = {
    "stale": (_l("This log-in is over"), _l("It was used already, begun in another browser, or took too long.")),
    "denied": (_l("You were not logged in"), _l("%(name)s did not let you in, or you went back there.")),
    "invalid": (
        _l("You were not logged in"),
        _l("The answer of %(name)s could not be checked. If this happens again, please tell the office."),
    ),
    "unverified": (
        _l("Your address is not confirmed"),
        _l("%(name)s does not say that your e-mail address is yours. Have it confirmed there, then come again."),
    ),
    "stranger": (
        _l("You have no account here yet"),
        _l("%(name)s knows you, but nobody has invited your address so far. Accounts are by invitation."),
    ),
    "disabled": (_l("Your account is closed"), _l("Please ask the office of your network.")),
    "own_means": (
        _l("You have an account here already"),
        _l(
            "It is protected by a password or a second factor, so we link nothing without you. Log in once as before, "
            "then link %(name)s under “Security”: from then on it lets you in."
        ),
    ),
    "taken": (
        _l("This sign-on is linked otherwise"),
        _l("It belongs to another account here, or your account belongs to another sign-on. Please ask the office."),
    ),
    "old_proof": (
        _l("%(name)s did not ask you again"),
        _l("What you wanted needs a fresh proof. Log out here and at %(name)s, then log in again."),
    ),
    "away": (_l("%(name)s does not answer"), _l("Please try again in a minute.")),
}
# while local log-in is off, instead of the advice to log in as before
CLOSED = _l(
    "It is protected by a password or a second factor, so we link nothing without you, and logging in as before is "
    "switched off here. Please ask the office to have %(name)s linked."
)
UNTOLD = ("stale", "denied")  # anybody can bring these about, without the provider knowing them


@blueprint.get(BACK)
@access(PUBLIC, rate="login")
def sign_on_return() -> ResponseReturnValue:
    """Take the provider's answer, once, in the browser that was sent there."""
    provider, member, token = the_provider(), current_user, request.cookies.get(cookie_name(), "")
    if not token:
        raise Refused("stale")
    after_this_request(_forget_way)
    with unit_of_work():
        sent = attempts.take_attempt(member, token, request.args.get("state", ""))
    identity = _identity(provider, token)
    if sent.purpose == "enter":
        return _enter(identity, sent)
    return _link(identity) if sent.purpose == "link" else _confirm(identity, sent)


def _forget_way(response: Response) -> Response:
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.delete_cookie(cookie_name(), secure=secure, httponly=True, samesite="Lax")
    return response


def _identity(provider: Provider, token: str) -> Identity:
    if "error" in request.args:
        raise Refused("denied")
    issuer = request.args.get("iss")  # RFC 9207: whose answer this is
    must_say = provider.metadata().get("authorization_response_iss_parameter_supported") is True
    if (issuer or must_say) and issuer != provider.issuer:
        raise Refused("invalid")
    tokens = provider.redeem(request.args.get("code", ""), attempts.verifier_of(token))
    return read_identity(provider, tokens, attempts.nonce_of(token), the_host().settings)


def _enter(identity: Identity, sent: Sent) -> ResponseReturnValue:
    with unit_of_work():  # the session is looked up on another connection
        member_id = entering.enter(identity, the_host().settings)
        seat = Seat(device(), g.network, False, vouched=identity.vouched, proved_at=identity.proved_at)
        entry = let_in(member_id, seat)
    with unit_of_work():
        answer = go_in(entry, False, sent.wanted)
    session[SIGNED_ON] = True  # after the log-in, which empties the session
    return answer


def _link(identity: Identity) -> ResponseReturnValue:
    with unit_of_work():
        account = entering.link(current_user, identity).account
    session[SIGNED_ON] = True
    flash(_("%(account)s is linked: from now on it lets you in here.", account=account), "success")
    return redirect(url_for("login.security_edit"))


def _confirm(identity: Identity, sent: Sent) -> ResponseReturnValue:
    with unit_of_work():
        renew_cookie(entering.confirm(current_user, identity, sent.began_at))
    session[SIGNED_ON] = True
    flash(_("You proved who you are. That counts for ten minutes."), "success")
    return redirect(sent.wanted)


@blueprint.get("/login/sign-on/refused/<reason>")
@access(PUBLIC)
def sign_on_refused(reason: str) -> ResponseReturnValue:
    """Says neutrally why nobody was let in: a page of its own, so that no code stays in the browser's address."""
    the_provider()
    if reason not in PAGES:
        raise NotFound
    settings = the_host().settings
    heading, advice = PAGES[reason]
    advice = CLOSED if reason == "own_means" and not settings.local_login else advice
    heading, text = (str(one) % {"name": settings.sign_on_name} for one in (heading, advice))
    page = render_template("portal/sign_on/refused.html", reason=reason, heading=heading, text=text)
    return page, 503 if reason == "away" else 403


@blueprint.errorhandler(Refused)
def show_refusal(refused: Refused) -> ResponseReturnValue:
    """Note who was not let in, and say so."""
    if refused.reason not in UNTOLD:
        with unit_of_work():
            count_try(network=g.network)
            entering.note_refusal(refused)
    return redirect(url_for("sign_on.sign_on_refused", reason=refused.reason))


@blueprint.errorhandler(ProviderAway)
def show_away(away: ProviderAway) -> ResponseReturnValue:
    """Say that the provider does not answer; the other ways in go on."""
    return redirect(url_for("sign_on.sign_on_refused", reason="away"))
