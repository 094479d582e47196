"""What audit entries are about, and what changed, in words: names of the code are shown to nobody."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.audit.models import AuditEntry
from portal.organisations.kinds import TITLES
from portal.permissions.services.roles import list_roles
from portal.plugin_host.navigation import the_host
from portal.topics.laender import LAENDER

SUBJECTS: dict[str, Any] = {
    "member": _l("a person whose name is no longer kept"),
    "organisation": _l("an organisation"),
    "role": _l("a role"),
    "invitation": _l("an invitation"),
    "files.attachment": _l("a file"),
}
FIELDS: dict[str, Any] = {
    "name": _l("Name"),
    "email": _l("E-mail address"),
    "function": _l("Function"),
    "locale": _l("Language"),
    "title": _l("Title"),
    "phone": _l("Phone"),
    "short_name": _l("Short name"),
    "kind": _l("Kind"),
    "land": _l("Land"),
    "town": _l("Town"),
    "slug": _l("Address of the page"),
}
MEMBERSHIPS: dict[str, Any] = {"representative": _l("Member of the organisation"), "editor": _l("Editor")}
LABELS: dict[str, Any] = {
    "before": _l("Before"),
    "after": _l("After"),
    "given": _l("Given"),
    "taken": _l("Taken"),
    "fields": _l("Changed"),
    "role": _l("As"),
    "moved": _l("Moved"),
}


def subject_in_words(subject_type: str) -> str:
    """A thing whose name is not known, in words."""
    return str(SUBJECTS.get(subject_type) or _("something"))


def changes_of(entry: AuditEntry) -> list[tuple[str, str]]:
    """What the entry says of before and after: label and words, for each that it says."""
    said = [(name, entry.details[name]) for name in LABELS if entry.details.get(name)]
    return [(str(LABELS[name]), _in_words(entry, name, value)) for name, value in said]


def _in_words(entry: AuditEntry, name: str, value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{FIELDS.get(key, key)}: {_code_in_words(key, one)}" for key, one in value.items())
    if name == "moved":
        return " ".join(str(one) for one in value)
    values = value if isinstance(value, list) else [value]
    if entry.action == "plugin.settings_changed":
        return "; ".join(str(one) for one in values)
    if name == "fields":
        known = [str(FIELDS[one]) for one in values if one in FIELDS]
        return ", ".join(known if len(known) == len(values) else [*known, _("other details")])
    if name in ("given", "taken"):
        titles = {one.name: str(one.title) for one in the_host().permissions.all()}
    elif entry.action.startswith("membership."):
        titles = {key: str(title) for key, title in MEMBERSHIPS.items()}
    elif entry.action == "member.roles_changed":
        titles = {role.name: role.title for role in list_roles()}
    else:
        titles = {"public": _("Everybody"), "member": _("All members")}
    return ", ".join(sorted({titles.get(str(one), _("a group of its own")) for one in values}))


def _code_in_words(field: str, value: Any) -> str:
    codes: dict[str, dict[str, Any]] = {"kind": TITLES, "land": LAENDER}
    return str(codes.get(field, {}).get(value, value)) or _("empty")
