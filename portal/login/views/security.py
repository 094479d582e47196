"""What protects one's own account."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.errors import Invalid
from portal.login.forms import ChangePasswordForm
from portal.login.services import factors, links, passkeys, recovery
from portal.login.services.local import describe_password
from portal.login.services.notices import tell_owner
from portal.login.services.sign_ons import has_other_way, has_sign_on, list_sign_ons
from portal.login.views.blueprint import blueprint
from portal.login.views.cookies import renew_cookie
from portal.login.views.site import passkeys_work
from portal.permissions.actor import MEMBER
from portal.plugin_host.navigation import the_host
from portal.web.access import access


@blueprint.get("/me/security")
@access(MEMBER)
def security_edit() -> str:
    """What protects one's own account, and changing the password."""
    return _page(ChangePasswordForm())


@blueprint.post("/me/security")
@access(MEMBER, rate="login")
def security_update() -> ResponseReturnValue:
    """Keep the new password; every other session ends and this one gets a new cookie."""
    form = ChangePasswordForm()
    if not form.validate():
        return _page(form), 422
    try:
        renew_cookie(links.change_password(current_user, form.old_password.data or "", form.password.data or ""))
    except Invalid as error:
        form.add_error(error)
        return _page(form), 422
    tell_owner(current_user.id, "password_changed")
    flash(_("Your password is changed. All other devices are logged out."), "success")
    return redirect(url_for("login.security_edit"))


def _page(form: ChangePasswordForm) -> str:
    row, issuer = factors.find_totp(current_user), the_host().settings.oidc_issuer
    linked = [(one, has_other_way(one)) for one in list_sign_ons(current_user.id)]
    values = {
        "sign_ons": linked,
        "can_link": bool(issuer) and not has_sign_on(current_user.id, issuer),
        "own_password": describe_password(current_user),
        "app_since": row.confirmed_at if row else None,
        "passkeys": passkeys.list_passkeys(current_user),
        "codes_left": recovery.count_codes(current_user.id),
        "with_passkeys": passkeys_work(),
    }
    return render_template("portal/login/security_edit.html", form=form, **values)
