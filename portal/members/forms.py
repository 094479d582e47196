"""Forms of members."""

from __future__ import annotations

from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from portal.members.models import Member
from portal.members.naming import fold
from portal.members.services.creating import MAX_FUNCTION, MAX_NAME
from portal.members.services.profiles import LANGUAGES, MAX_ABOUT, MAX_PHONE, MAX_TITLE, Profile, list_topics
from portal.members.services.visibility import FIELDS
from portal.members.zones import ZONES
from portal.web.forms import GuardedForm, PortalForm, options

LOCALES = options([("", _l("As my browser says")), ("de", "Deutsch"), ("en", "English")])
WHO = options(
    [("network", _l("Everyone in the network")), ("organisation", _l("My organisations")), ("nobody", _l("Nobody"))]
)
CROPS = options([("centre", _l("The middle")), ("top", _l("The top"))])


class Several(SelectMultipleField):
    """Some of several, as a list of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _who(label: Any) -> SelectField:
    return SelectField(label, choices=WHO)


class MeForm(GuardedForm):
    """What members say of themselves, and who sees which of it."""

    title = StringField(_l("Title"), [Length(max=MAX_TITLE)], description=_l("Such as Dr. or Prof. Dr."))
    name = StringField(_l("Name"), [InputRequired(), Length(max=MAX_NAME)])
    function = StringField(
        _l("Function"), [Length(max=MAX_FUNCTION)], description=_l("What you do, as colleagues should read it.")
    )
    email_shown = _who(_l("Who sees the e-mail address"))
    phone = StringField(_l("Telephone"), [Length(max=MAX_PHONE)], description=_l("Such as +49 711 123456-78."))
    phone_shown = _who(_l("Who sees the telephone number"))
    about = TextAreaField(
        _l("About me"), [Length(max=MAX_ABOUT)], description=_l("What others should know. Markdown is understood.")
    )
    about_shown = _who(_l("Who sees this text"))
    languages = Several(_l("Languages I speak"))
    languages_shown = _who(_l("Who sees the languages"))
    topics = Several(_l("Topics I can help with"), coerce=int)
    topics_shown = _who(_l("Who sees the topics"))
    photo_shown = _who(_l("Who sees the photo"))
    photo_crop = RadioField(
        _l("What the round photo shows"),
        choices=CROPS,
        description=_l("Photos are shown square; of an upright one, the middle or the top is seen."),
    )
    locale = SelectField(
        _l("Language"), choices=LOCALES, description=_l("For mails, and for the portal on a new device.")
    )
    timezone = SelectField(_l("Time zone"), description=_l("In which times are shown to you."))

    def __init__(self, me: Member, **values: Any) -> None:
        """Filled from ``me`` until something is sent."""
        super().__init__(obj=me, data={"topics": [one.id for one in me.topics]}, **values)
        self.languages.choices = options(sorted(language_names().items(), key=lambda pair: fold(pair[1])))
        self.topics.choices = options((one.id, one.title) for one in list_topics())
        self.timezone.choices = options([("", _l("That of the portal")), *((zone, zone) for zone in ZONES)])
        if not self.is_submitted():
            self.topics.data = [one.id for one in me.topics]

    def profile(self) -> Profile:
        """What was typed."""
        words = {name: self[name].data or "" for name in ("name", "function", "title", "phone", "about", "locale")}
        return Profile(
            **words,
            timezone=self.timezone.data or "",
            photo_crop=self.photo_crop.data or "centre",
            languages=tuple(self.languages.data or ()),
            topics=tuple(self.topics.data or ()),
            shown={field: self[f"{field}_shown"].data or "" for field in FIELDS},
        )


class PhotoForm(PortalForm):
    """A new portrait."""

    photo = FileField(_l("Photo"), description=_l("JPEG, PNG, WebP or HEIC. Place and camera are removed from it."))


def language_names() -> dict[str, str]:
    """The languages that one can speak, as the reader calls them."""
    known = (get_locale() or Locale("de")).languages
    return {code: str(known.get(code, code)) for code in LANGUAGES}
