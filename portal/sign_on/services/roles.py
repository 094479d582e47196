"""Roles that follow the provider's groups: only mapped ones, at each log-in, never the last admin's."""

from __future__ import annotations

import structlog

from portal.members.services.roles import is_last_admin, set_member_roles
from portal.permissions.actor import ADMIN_ROLE, system
from portal.permissions.services.roles import list_roles

log = structlog.get_logger(__name__)


def follow_groups(member_id: int, groups: frozenset[str] | None, pairs: list[tuple[str, str]]) -> None:
    """Give the member each mapped role of whose groups they are in, and withdraw the other mapped ones.

    Roles that no group is mapped to stay; a role that does not exist is left out, with a line in the log.
    Where the provider says nothing of groups (None) all roles stay, with a line in the log as well."""
    if groups is None:
        if pairs:
            log.warning("sign_on_groups_absent", member_id=member_id)
        return
    known = {role.name for role in list_roles()}
    mapped = {role for _group, role in pairs}
    if unknown := mapped - known:
        log.warning("sign_on_role_unknown", roles=sorted(unknown))
    mapped &= known
    names = {role for group, role in pairs if group in groups} & mapped
    if ADMIN_ROLE in mapped - names and is_last_admin(member_id):
        log.warning("sign_on_last_admin_kept", member_id=member_id)
        names.add(ADMIN_ROLE)
    if mapped:
        set_member_roles(system(), member_id, names, among=mapped)
