"""The base of all forms, and the bridge from a service's refusal to the field it names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectChoice  # pyright: ignore[reportAttributeAccessIssue] (its stubs lag behind)

from portal.errors import Invalid
from portal.web.sentences import sentence_of


class PortalForm(FlaskForm):
    """A form with a CSRF token whose errors can come from services too."""

    general_error: str = ""

    def add_error(self, error: Invalid) -> None:
        """Show a service's refusal next to the field it names, or above the form; what was typed stays."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.general_error = sentence_of(error)
        else:
            field.errors = [*field.errors, sentence_of(error)]


def options(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """What a select field offers, from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]
