"""The sign-ons that are linked to one's own account."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Invalid
from portal.login.services.sign_ons import remove_sign_on
from portal.permissions.actor import MEMBER
from portal.sign_on.views.blueprint import blueprint
from portal.web.access import access
from portal.web.sentences import sentence_of


@blueprint.post("/me/security/sign-ons/<int:sign_on_id>/remove")
@access(MEMBER, rate="form", confirmed=True)
def sign_on_remove(sign_on_id: int) -> ResponseReturnValue:
    """Unlink one; the other sessions end."""
    try:
        remove_sign_on(current_user, sign_on_id)
    except Invalid as error:
        flash(sentence_of(error), "warning")
    else:
        flash(_("The sign-on is unlinked. All other devices are logged out."), "success")
    return redirect(url_for("login.security_edit"))
