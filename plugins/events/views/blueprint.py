"""The blueprint, and what all of its pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from plugins.events.forms import HIDDEN, VersionedForm, labels_of
from plugins.events.models import Event, Section
from plugins.events.services import queries
from plugins.events.services.saving import Versioned, snapshot_of
from portal.sdk.access import Actor
from portal.sdk.errors import Conflict, Invalid, NotFound
from portal.sdk.i18n import gettext as _
from portal.sdk.revisions import compare_words
from portal.sdk.web import PortalBlueprint

blueprint = PortalBlueprint("events", __name__)
REFUSED = 422


def acting() -> Actor:
    """The acting member, as services take them."""
    return current_user._get_current_object()  # type: ignore[attr-defined]


def load_event(slug: str) -> Event:
    """The event at this address that the editor may see. Raises NotFound."""
    return queries.get_event(acting(), slug)


def load_section(slug: str, section_id: int) -> Section:
    """The section, if it belongs to the event at this address. Raises NotFound."""
    section = queries.get_section_to_edit(acting(), section_id)
    if section.event.slug != slug:
        raise NotFound
    return section


def answer_form(
    form: VersionedForm,
    row: Versioned | None,
    change: Callable[[], ResponseReturnValue],
    show: Callable[[], str],
) -> ResponseReturnValue:
    """Show the form; when it is sent, make the change. Refusals stand beside fields; a conflict shows both texts."""
    if not form.is_submitted():
        return show()
    if form.validate():
        try:
            return change()
        except Invalid as refusal:
            form.add_error(refusal)
        except Conflict as conflict:
            return _conflict_page(form, row, conflict.details), 409
    return show(), REFUSED


def _conflict_page(form: VersionedForm, row: Versioned | None, details: Mapping[str, Any]) -> str:
    assert row is not None
    saved = details.get("saved") or snapshot_of(row)
    form.version.data = str(details.get("version", row.version))
    return render_template(
        "events/conflict.html",
        form=form,
        who=details.get("who", ""),
        when=details.get("when"),
        differences=_differences(form, row, saved),
        fields=[field for field in form if field.name not in HIDDEN],
    )


def _differences(form: VersionedForm, row: Versioned, saved: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Label and pieces, from the saved text to mine, of everything that differs, as the form says it."""
    labels = labels_of(type(row))
    both = {
        field: (in_words(field, saved[field.name]), in_words(field, field.data))
        for field in form
        if field.name in saved
    }
    return [
        (labels.get(field.name, field.name), compare_words(theirs, mine))
        for field, (theirs, mine) in both.items()
        if theirs != mine
    ]


def in_words(field: Any, value: Any) -> str:
    """A field's value in words: of a choice its label, of several all labels, of a tick yes or no."""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, list):
        return ", ".join(in_words(field, one) for one in value)
    titles = {str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or ()}
    return titles.get(str(value), "" if value is None else str(value))
