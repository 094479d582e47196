"""The acting member, permissions, principals and audiences; how routes declare themselves."""

from portal.permissions.actor import MEMBER, PUBLIC, Actor, anonymous, require, system
from portal.permissions.audiences import Rule, can_read, prepared, visible_to
from portal.permissions.registry import Permission
from portal.web.access import access

__all__ = [
    "MEMBER",
    "PUBLIC",
    "Actor",
    "Permission",
    "Rule",
    "access",
    "anonymous",
    "can_read",
    "prepared",
    "require",
    "system",
    "visible_to",
]
