"""Why may somebody do something?"""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from portal.admin.services import explaining
from portal.admin.views.blueprint import blueprint
from portal.organisations.models import Organisation
from portal.organisations.services.queries import list_archived, list_organisations
from portal.permissions.services.roles import list_roles
from portal.plugin_host.navigation import the_host
from portal.web.access import access
from portal.web.paging import read_number


@blueprint.get("/roles/why")
@access("members.roles")
def role_why() -> str:
    """Choose a member, a permission and, if wanted, an organisation; the answer stands beneath in sentences."""
    host, text = the_host(), request.args.get("member", "")[:254].replace("\0", "")
    permission = request.args.get("permission", "")
    person = explaining.find_person(current_user, text)
    organisation_id = read_number(request.args.get("organisation"))
    asked = (host, person.id, permission, organisation_id) if person and permission else None
    answer = explaining.explain(current_user, *asked) if asked else None
    return render_template(
        "portal/admin/role_why.html",
        text=text,
        permissions=sorted(((one.name, str(one.title)) for one in host.permissions.all()), key=lambda one: one[1]),
        organisations=[(str(one.id), one.name) for one in _places()],
        nobody=bool(text) and person is None,
        answer=answer,
        readable=sorted({_carried(one) for one in answer.principals}) if answer else [],
    )


def _carried(principal: str) -> str:
    """A principal in words."""
    kind, _colon, rest = principal.partition(":")
    if kind == "role":
        return _("what is for the role “%(title)s”", title=_title_of(rest))
    if kind == "permission":
        titles = {one.name: str(one.title) for one in the_host().permissions.all()}
        return _("what is for those who may: %(title)s", title=titles.get(rest, rest))
    if kind == "organisation":
        number, _colon, editor = rest.partition(":")
        name = next((one.name for one in _places() if str(one.id) == number), "")
        return _("what editors of %(name)s read", name=name) if editor else _("what %(name)s reads", name=name)
    if kind == "member":
        return _("what is for them alone") if rest else _("what all members read")
    plugin = the_host().plugins.get(kind)
    if plugin is None or plugin.manifest is None:
        return _("what everybody reads")
    return _("what “%(title)s” lets them read", title=plugin.manifest.title)


def _places() -> list[Organisation]:
    """Every organisation, archived ones last."""
    return [*list_organisations(), *(list_archived(current_user) if current_user.can("organisations.manage") else ())]


def _title_of(role: str) -> str:
    return next((one.title for one in list_roles() if one.name == role), role)
