"""The forms of profiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wtforms import (
    EmailField,
    Field,
    FloatField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextArea

from plugins.initiatives.models import SUMMARY_LENGTH
from plugins.initiatives.services.content import FIELDS, tidy_lines
from plugins.initiatives.words import FIELD_TITLES, REACH_TITLES
from portal.sdk.i18n import gettext, lazy_gettext
from portal.sdk.network import LAENDER
from portal.sdk.revisions import tidy_text
from portal.sdk.web import PortalForm, options

# WTForms' stubs want plain texts, yet it takes lazy ones.
_l: Any = lazy_gettext
LONGEST_TEXT = 20_000
LONGEST_LINES = 4000


class LinesField(Field):
    """A list of short texts, one on each line."""

    widget = TextArea()

    def _value(self) -> str:
        return "\n".join(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the lines, without empty ones and doubles."""
        self.data = tidy_lines(valuelist[:1])


class DegreesField(FloatField):
    """A number of degrees, with a point or a comma."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the number."""
        super().process_formdata([text.strip().replace(",", ".") for text in valuelist])


class CheckboxesField(SelectMultipleField):
    """Some of several, as checkboxes in a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _text(name: str, limit: int, help: Any = "") -> StringField:
    return StringField(FIELD_TITLES[name], [Length(max=limit)], filters=[tidy_text], description=help)


def _lines(name: str, help: Any) -> LinesField:
    return LinesField(FIELD_TITLES[name], [_short_lines], description=help)


def _short_lines(form: PortalForm, field: LinesField) -> None:
    if len(field._value()) > LONGEST_LINES:
        raise ValidationError(gettext("At most %(limit)s characters.", limit=LONGEST_LINES))


class ProfileForm(PortalForm):
    """Everything that editors write of a profile. ``revision`` is what they started from."""

    revision = HiddenField()

    claim = _text("claim", 160, _l("One sentence that stays in mind: what drives you?"))
    summary = TextAreaField(
        FIELD_TITLES["summary"],
        [Length(max=SUMMARY_LENGTH)],
        filters=[tidy_text],
        description=_l(
            "Who you are, for whom you work and what you achieve. It stands on top of the page and in the directory."
        ),
    )
    text = TextAreaField(
        FIELD_TITLES["text"],
        [Length(max=LONGEST_TEXT)],
        filters=[tidy_text],
        description=_l("Your story at length: how it began, who is part of it, what you learnt."),
    )

    goals = _lines("goals", _l("One goal on each line."))
    projects = TextAreaField(
        FIELD_TITLES["projects"],
        [Length(max=LONGEST_TEXT)],
        filters=[tidy_text],
        description=_l("Projects and campaigns that others can learn from."),
    )
    offers = _lines("offers", _l("What you gladly show or give to other initiatives, one on each line."))
    needs = _lines("needs", _l("Where others could help you, one on each line."))

    topics = CheckboxesField(
        FIELD_TITLES["topics"], description=_l("Choose what you really work on: others find you by it.")
    )
    laender = CheckboxesField(
        FIELD_TITLES["laender"],
        choices=options(LAENDER.items()),
        description=_l("Where you are active. The Land of your seat always counts."),
    )
    sectors = _lines("sectors", _l("One sector on each line, such as mechanical engineering or plastics."))
    target_groups = _lines("target_groups", _l("Whom you want to reach, one group on each line."))

    legal_form = _text("legal_form", 120, _l("Such as registered association or project of a chamber."))
    carrier = _text("carrier", 200, _l("The organisation that stands behind the initiative."))
    founded = IntegerField(
        FIELD_TITLES["founded"],
        [Optional(), NumberRange(min=1500, max=2100)],
        description=_l("The year, with four digits."),
    )

    website = URLField(
        FIELD_TITLES["website"],
        [Length(max=300)],
        filters=[tidy_text],
        description=_l("The whole address, beginning with https://."),
    )
    mailbox = EmailField(
        FIELD_TITLES["mailbox"],
        [Optional(), Email(), Length(max=254)],
        filters=[tidy_text],
        description=_l("A shared mailbox that outlasts a change of people, such as info@…"),
    )
    phone = TelField(FIELD_TITLES["phone"], [Length(max=40)], filters=[tidy_text])
    street = _text("street", 160)
    postcode = _text("postcode", 5)
    town = _text("town", 120, _l("It sets the pin on the map."))
    pin_latitude = DegreesField(
        FIELD_TITLES["pin_latitude"],
        [Optional()],
        description=_l("Only if the pin stands wrong: degrees such as 51.5344. Empty, the town decides."),
    )
    pin_longitude = DegreesField(FIELD_TITLES["pin_longitude"], [Optional()], description=_l("Degrees such as 9.9323."))

    reach = RadioField(
        FIELD_TITLES["reach"], choices=options((name, REACH_TITLES[name]) for name in ("public", "member"))
    )
    contact_reach = RadioField(
        FIELD_TITLES["contact_reach"],
        choices=options(REACH_TITLES.items()),
        description=_l("Mailbox, telephone and street. Town and website belong to the profile."),
    )
    comment = StringField(
        _l("What did you change?"),
        [Length(max=300)],
        filters=[tidy_text],
        description=_l("Helps your colleagues; it stands in the list of versions."),
    )

    @property
    def values(self) -> dict[str, Any]:
        """What was written, as plain values by field."""
        return {name: self._fields[name].data for name in FIELDS}

    @property
    def start(self) -> int:
        """The number of the revision that the editor started from, 0 when it says none."""
        text = str(self.revision.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def pairs(self, without: Mapping[str, Any] | tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """Names and texts that send this form again from hidden fields."""
        for name in (*FIELDS, "comment"):
            if name not in without:
                yield from ((name, text) for text in _texts(self._fields[name]))


def _texts(field: Any) -> list[str]:
    if isinstance(field, SelectMultipleField):
        return list(field.data or [])
    if isinstance(field, RadioField):
        return [field.data]
    return [field._value()]


class ProfileCreateForm(PortalForm):
    """For which organisation a profile is begun."""

    organisation_id = SelectField(_l("Organisation"), [InputRequired()], coerce=int)
