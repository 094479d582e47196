"""Buttons on a page that is older than what they would undo: who changed it meanwhile, and the question once more."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from plugins.events.models import Event
from portal.sdk.errors import Conflict
from portal.sdk.web import read_number

CHANGED = 409


def seen_version() -> int:
    """The version that stood on the page with the button; none fits a form that says none."""
    return read_number(request.form.get("version")) or 0


def ask_again(
    conflict: Conflict, event: Event, question: str, yes: str, back: str, **values: object
) -> ResponseReturnValue:
    """Ask ``question`` before the button ``yes`` does it after all; ``back`` shows what stands there now."""
    page = render_template(
        "events/changed.html",
        event=event,
        who=conflict.details["who"],
        when=conflict.details["when"],
        question=question,
        yes=yes,
        back=back,
        values={**values, "version": conflict.details["version"]},
    )
    return page, CHANGED
