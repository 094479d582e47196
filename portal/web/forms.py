"""The base of all forms, and the bridge from a service's refusal to the field it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, IntegerField, SelectChoice  # pyright: ignore[reportAttributeAccessIssue] (its stubs lag)
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from portal.errors import Conflict, Invalid
from portal.web.sentences import sentence_of


class PortalForm(FlaskForm):
    """A form with a CSRF token whose errors can come from services too."""

    general_error: str = ""

    class Meta(FlaskForm.Meta):
        """What is sent is cleaned of NULs, which PostgreSQL keeps in no text."""

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """The fields as they were sent."""
            sent = super().wrap_formdata(form, formdata)
            if not sent or not any("\0" in one for _, one in sent.items(multi=True) if isinstance(one, str)):
                return sent
            return MultiDict([(name, _cleaned(one)) for name, one in sent.items(multi=True)])

    def add_error(self, error: Invalid) -> None:
        """Show a service's refusal next to the field it names, or above the form; what was typed stays."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.general_error = sentence_of(error)
        else:
            field.errors = [*field.errors, sentence_of(error)]


@dataclass(frozen=True)
class Difference:
    """A field whose saved value is not what was typed; both as readers see them."""

    label: Any
    saved: str
    typed: str


@dataclass(frozen=True)
class Overtaken:
    """Who saved first and when, where that is known, and where their values differ from what was typed."""

    who: str
    when: datetime | None
    differences: list[Difference]


class GuardedForm(PortalForm):
    """A form for something that several people edit: it carries the version that its reader saw."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())  # of something new there is none
    overtaken: Overtaken | None = None

    @property
    def seen_version(self) -> int:
        """The version that the reader saw; 0, which never is one, when the form does not say."""
        return self.version.data or 0

    def show_conflict(self, conflict: Conflict, saved: Any) -> None:
        """Show what ``saved`` holds beside what was typed, which stays; sent once more, it replaces what was saved."""
        fields = [field for field in self if field.name != "version" and hasattr(saved, field.name)]
        both = [(field, getattr(saved, field.name), field.data) for field in fields]
        words = [(field.label.text, _in_words(field, theirs), _in_words(field, mine)) for field, theirs, mine in both]
        differences = [Difference(*one) for one in words if one[1] != one[2]]
        self.overtaken = Overtaken(conflict.details.get("who", ""), conflict.details.get("when"), differences)
        self.version.raw_data, self.version.data = None, saved.version


def _cleaned(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) else value


def _in_words(field: Field, value: Any) -> str:
    """A field's value as its readers see it: a choice by its label."""
    text = "" if value is None else str(value)
    chosen = (str(one.label) for one in getattr(field, "choices", None) or () if str(one.value) == text)
    return next(chosen, text)


def options(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """What a select field offers, from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]
