"""The names of the kinds of notice that this room sends."""

from __future__ import annotations

JOINED, RIGHTS, SECURITY = "organisations.member_joined", "members.rights_changed", "login.security"
