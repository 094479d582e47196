"""Forms of members."""

from __future__ import annotations

from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from portal.files.crops import NAMED
from portal.files.models import Attachment
from portal.members.models import Member
from portal.members.naming import fold
from portal.members.services.creating import MAX_FUNCTION, MAX_NAME
from portal.members.services.profiles import FREQUENT, LANGUAGES, MAX_ABOUT, MAX_PHONE, MAX_TITLE, Profile, list_topics
from portal.members.services.visibility import FIELDS
from portal.members.zones import ZONES
from portal.web.forms import GuardedForm, PortalForm, options

LOCALES = options([("", _l("As my browser says")), ("de", "Deutsch"), ("en", "English")])
WHO = options(
    [("network", _l("Everyone in the network")), ("organisation", _l("My organisations")), ("nobody", _l("Nobody"))]
)
OWN_PART = "own"
CROPS = options([("centre", _l("The middle")), ("top", _l("The top")), (OWN_PART, _l("A part that I choose"))])


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
    locale = SelectField(
        _l("Language"), choices=LOCALES, description=_l("For mails, and for the portal on a new device.")
    )
    timezone = SelectField(_l("Time zone"), description=_l("In which times are shown to you."))

    def __init__(self, me: Member, **values: Any) -> None:
        """Filled from ``me`` until something is sent."""
        super().__init__(obj=me, data={"topics": [one.id for one in me.topics]}, **values)
        named = language_names()
        others = sorted((code for code in named if code not in FREQUENT), key=lambda code: fold(named[code]))
        self.languages.choices = options((code, named[code]) for code in (*FREQUENT, *others))
        self.topics.choices = options((one.id, one.title) for one in list_topics())
        self.timezone.choices = options([("", _l("That of the portal")), *((zone, zone) for zone in ZONES)])
        if not self.is_submitted():
            self.topics.data = [one.id for one in me.topics]

    def languages_in_two(self) -> tuple[list[Any], list[Any]]:
        """The choices of languages: the frequent ones with those that are chosen, and the rest."""
        shown: list[Any] = []
        folded: list[Any] = []
        for one in self.languages:
            (shown if one.checked or one.data in FREQUENT else folded).append(one)
        return shown, folded

    def profile(self) -> Profile:
        """What was typed."""
        words = {name: self[name].data or "" for name in ("name", "function", "title", "phone", "about", "locale")}
        return Profile(
            **words,
            timezone=self.timezone.data or "",
            languages=tuple(self.languages.data or ()),
            topics=tuple(self.topics.data or ()),
            shown={field: self[f"{field}_shown"].data or "" for field in FIELDS},
        )


class PhotoForm(PortalForm):
    """A new portrait."""

    photo = FileField(_l("Photo"), description=_l("JPEG, PNG, WebP or HEIC. Place and camera are removed from it."))


class CropForm(PortalForm):
    """Which part of one's portrait is shown. ``part``: left, top and side in thousandths, for one's own choice;
    ``key``: the picture that it was chosen on."""

    crop = RadioField(_l("What others see of the photo"), choices=CROPS, default="centre")
    part = HiddenField()
    key = HiddenField()

    def __init__(self, photo: Attachment | None, **values: Any) -> None:
        """Filled from ``photo`` until something is sent."""
        chosen = photo.crop if photo else ""
        own = chosen not in NAMED and bool(chosen)
        shown = {"crop": OWN_PART if own else chosen, "part": chosen if own else "", "key": photo.key if photo else ""}
        super().__init__(data=shown, **values)

    def chosen(self) -> str:
        """The part as the service takes it."""
        return (self.part.data if self.crop.data == OWN_PART else self.crop.data) or ""


def language_names() -> dict[str, str]:
    """The languages that one can speak, as the reader calls them."""
    known = (get_locale() or Locale("de")).languages
    return {code: str(known.get(code, code)) for code in LANGUAGES}
