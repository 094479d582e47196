"""Who writes the texts of the operator."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.permissions.registry import Permission

PERMISSIONS = [
    Permission(
        "legal.manage",
        _l("Write and publish privacy notice and terms"),
        ("editorial",),
        _l("Writes drafts of privacy notice and terms, publishes them, and says whether members are asked to agree."),
    )
]
