"""The forms of the editorial office."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from plugins.events.models import Event, Participation, Pitch, Result, Section
from plugins.events.services.people import words_for
from plugins.events.services.saving import Versioned
from plugins.events.words import (
    AUDIENCE_CHOICES,
    KINDS,
    LANGUAGE_TITLES,
    RESULT_TITLES,
    ROLE_TITLES,
    SECTION_AUDIENCE_CHOICES,
)
from portal.sdk.access import Actor
from portal.sdk.files import accepted_extensions
from portal.sdk.i18n import gettext
from portal.sdk.i18n import lazy_gettext as _l
from portal.sdk.web import GuardedForm, PortalForm, options, read_number

TIMEZONES = ("Europe/Berlin", "Europe/Brussels", "Europe/Vienna", "Europe/Zurich", "Europe/London", "UTC")
LONG = 40_000
HIDDEN = ("csrf_token", "version", "once")
ACCEPTED = ",".join(f".{extension}" for extension in accepted_extensions())
MOMENT = "%Y-%m-%dT%H:%M"
YEARS = range(1900, 2101)


def _stripped(value: str | None) -> str:
    return (value or "").strip()


def _unbroken(value: str | None) -> str:
    """Browsers send line breaks as CRLF; stored texts have LF, so that versions compare."""
    return (value or "").replace("\r\n", "\n").strip()


def _line(label: Any, most: int, *validators: Any, **options: Any) -> StringField:
    return StringField(label, [*validators, Length(max=most)], filters=[_stripped], **options)


def _text(label: Any, most: int = LONG, **options: Any) -> TextAreaField:
    return TextAreaField(label, [Length(max=most)], filters=[_unbroken], **options)


def _likely(form: Any, field: DateTimeLocalField) -> None:
    """A year of two digits is a slip, and one beyond all calendars breaks the reckoning with time zones."""
    if field.data and field.data.year not in YEARS:
        raise ValidationError(gettext("Please give a year from %(first)s to %(last)s.", first=YEARS[0], last=YEARS[-1]))


def _figure(label: Any) -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(0, 100_000)])


def _organisation(label: Any) -> SelectField:
    return SelectField(label, coerce=lambda text: read_number(str(text)))


class TopicsField(SelectMultipleField):
    """Topics as a list of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class VersionedForm(PortalForm):
    """A form that knows which version its texts were opened at."""

    version = HiddenField(default="1")
    once = HiddenField(default=lambda: secrets.token_hex(16))

    @property
    def expected(self) -> int:
        """The version that the editor saw."""
        return read_number(self.version.data) or 0

    @property
    def key(self) -> str:
        """The same whenever this very form is sent again, so that it makes one thing."""
        return (self.once.data or "")[:32]

    def values(self) -> dict[str, Any]:
        """What was typed, by the names of the model's columns."""
        return {name: value for name, value in self.data.items() if name not in HIDDEN}


class EventForm(VersionedForm):
    """The basics of an event."""

    title = _line(_l("Title"), 200, DataRequired())
    motto = _line(_l("Motto"), 300)
    series = _line(_l("Series"), 120, description=_l("The name that all editions share, such as “Network meeting”."))
    edition = IntegerField(_l("Edition"), [Optional(), NumberRange(1, 1000)])
    starts_at = DateTimeLocalField(_l("Begins"), [InputRequired(), _likely], format=MOMENT)
    ends_at = DateTimeLocalField(_l("Ends"), [Optional(), _likely], format=MOMENT)
    timezone = SelectField(_l("Time zone"), choices=options((one, one) for one in TIMEZONES))
    place = _line(_l("Venue"), 200)
    address = _line(_l("Address"), 300)
    town = _line(_l("Town"), 120)
    host = _line(_l("Host"), 200)
    funder = _line(_l("Funded by"), 200)
    parallel_title = _line(_l("Parallel event"), 200)
    parallel_url = _line(_l("Address of the parallel event"), 500)
    topic_ids = TopicsField(_l("Topics"), coerce=int)
    language = SelectField(_l("Language of the texts"), choices=options(LANGUAGE_TITLES.items()))
    teaser = _text(_l("Teaser"), 600, description=_l("Two or three sentences for lists and for the public."))
    lookback = _text(_l("Look-back"), description=_l("Stands on the page for everybody who may see the event."))
    internal = _text(_l("Internal part"), description=_l("Never for the public."))
    people = _figure(_l("People"))
    initiative_people = _figure(_l("People from initiatives"))
    initiatives = _figure(_l("Initiatives"))
    networks = _figure(_l("Transformation networks"))
    audience_choice = RadioField(_l("Who may see the event once it is published?"), choices=options(AUDIENCE_CHOICES))

    def values(self) -> dict[str, Any]:
        """What was typed, with moments instead of local times."""
        zone = ZoneInfo(self.timezone.data)
        moments = {name: _moment(self[name].data, zone) for name in ("starts_at", "ends_at")}
        return super().values() | moments


class SectionForm(VersionedForm):
    """A part of the programme."""

    kind = SelectField(_l("Kind"), choices=options((name, kind.title) for name, kind in KINDS.items()))
    title = _line(_l("Title"), 200, DataRequired())
    subtitle = _line(_l("Subtitle"), 300)
    starts = TimeField(_l("Begins"), [Optional()])
    ends = TimeField(_l("Ends"), [Optional()])
    room = _line(_l("Room"), 120)
    speakers = _text(_l("Speakers and moderators"), 4000, description=_l("One a line: name, function, organisation."))
    goals = _text(_l("Goals"), 8000)
    questions = _text(_l("Guiding questions"), 8000, description=_l("One a line."))
    text = _text(_l("Text"))
    audience_choice = RadioField(_l("Who may see this section?"), choices=options(SECTION_AUDIENCE_CHOICES))


class PitchForm(VersionedForm):
    """A pitch: challenge, solution, measure."""

    title = _line(_l("Title"), 200, DataRequired())
    organisation_id = _organisation(_l("Organisation"))
    presenter = _line(
        _l("Presented by"), 254, description=_l("Name or e-mail address of a person in the list of members.")
    )
    topic_ids = TopicsField(_l("Topics"), coerce=int)
    challenge = _text(_l("Challenge"))
    solution = _text(_l("Solution"))
    measure = _text(_l("Measure"))


class ResultForm(VersionedForm):
    """A measure, a finding, an open question, an insight or a summary."""

    kind = SelectField(_l("What is it?"), choices=options(RESULT_TITLES.items()))
    text = TextAreaField(_l("Text"), [DataRequired(), Length(max=4000)], filters=[_unbroken])
    author = _line(_l("From"), 254, description=_l("Name or e-mail address of a person in the list of members."))


class ParticipationForm(VersionedForm):
    """For whom and as what somebody took part, and whether others may see that."""

    organisation_id = _organisation(_l("Organisation"))
    role = SelectField(_l("Role"), choices=options(ROLE_TITLES.items()))
    is_listed = BooleanField(
        _l("Agreed to stand in the list"), description=_l("Others who took part then see the name and organisation.")
    )


class PersonForm(ParticipationForm):
    """Somebody who took part."""

    person = _line(
        _l("Person"), 254, DataRequired(), description=_l("Name or e-mail address of a person in the list of members.")
    )
    is_new = BooleanField(_l("Nobody of this name is there yet: create a person without account"))


class PeopleForm(PortalForm):
    """Several people at once."""

    lines = TextAreaField(
        _l("One person a line"),
        [DataRequired(), Length(max=LONG)],
        filters=[_unbroken],
        description=_l("Name or e-mail address; organisation; role. Rows of a spreadsheet can be pasted as they are."),
    )
    all_listed = BooleanField(_l("All of them agreed to stand in the list"))
    all_new = BooleanField(_l("Create people without account for names that are not there yet"))


class UploadForm(PortalForm):
    """Files and photos, several at once."""

    files = MultipleFileField(_l("Files and photos"), render_kw={"accept": ACCEPTED})


class FileForm(GuardedForm):
    """What is said about a file."""

    title = _line(_l("Title"), 200, DataRequired())
    alt_text = _line(_l("Description for people who don't see the picture"), 400)
    caption = _line(_l("Caption"), 400)
    credit = _line(_l("Photographer or source"), 200)
    consent_note = _line(
        _l("Consent"), 400, description=_l("How the people in the picture agreed to be shown, and when.")
    )


FORMS: dict[type[Versioned], type[VersionedForm]] = {
    Event: EventForm,
    Section: SectionForm,
    Pitch: PitchForm,
    Result: ResultForm,
    Participation: ParticipationForm,
}


def event_values(event: Event) -> dict[str, Any]:
    """The event's fields for its form, with local times."""
    moments = {"starts_at": event.local_start, "ends_at": event.local_end}
    return _values(EventForm, event) | moments | {"topic_ids": [topic.id for topic in event.topics]}


def pitch_values(member: Actor, pitch: Pitch) -> dict[str, Any]:
    """The pitch's fields for its form; an address only where the member may see it."""
    named = {"presenter": words_for(member, pitch.presenter), "topic_ids": [topic.id for topic in pitch.topics]}
    return _values(PitchForm, pitch) | named


def result_values(member: Actor, result: Result) -> dict[str, Any]:
    """The result's fields for its form; an address only where the member may see it."""
    return _values(ResultForm, result) | {"author": words_for(member, result.author)}


def participation_values(participation: Participation) -> dict[str, Any]:
    """The participation's fields for its form."""
    return _values(ParticipationForm, participation)


def _values(form: type[VersionedForm], row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in dir(form) if not name.startswith("_") and hasattr(row, name)}


def labels_of(model: type[Versioned]) -> dict[str, Any]:
    """The words for the model's fields, as its form says them."""
    form = FORMS[model]
    named = {name: field.args[0] for name, field in vars(form).items() if getattr(field, "args", None)}
    return named | {"presenter_id": named.get("presenter"), "author_id": named.get("author")}


def _moment(local: datetime | None, zone: ZoneInfo) -> datetime | None:
    return local.replace(tzinfo=zone).astimezone(UTC) if local else None
