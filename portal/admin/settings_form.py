"""The form that is made of what a plugin declares as its settings."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, Field, IntegerField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from portal.plugin_host.declarations import MAX_LENGTH, Setting
from portal.plugin_host.settings import SettingView
from portal.web.forms import GuardedForm, options

FORGET = "forget_"  # before a secret's key: the box by which it is taken away


def form_of(views: list[SettingView], version: int) -> GuardedForm:
    """A form over what admins may set; what the operator has set is not in it."""
    fields: dict[str, Any] = {}
    for view in views:
        if not view.is_locked:
            fields[view.setting.key] = _field(view.setting, view)
            if view.setting.kind == "secret" and view.is_set:
                fields[FORGET + view.setting.key] = BooleanField(_("Take it away"))
    form_class = type("PluginSettingsForm", (GuardedForm,), fields)
    values = {view.setting.key: view.value for view in views if view.setting.kind != "secret"}
    form: GuardedForm = form_class(data={**values, "version": version})
    return form


def read_values(form: GuardedForm, views: list[SettingView]) -> dict[str, Any]:
    """What was sent, by key: a secret only where one was typed or is to be taken away."""
    values: dict[str, Any] = {}
    for view in views:
        key = view.setting.key
        if view.is_locked:
            continue
        sent = form[key].data
        if view.setting.kind != "secret":
            values[key] = _tidy(view.setting, sent)
        elif sent:
            values[key] = sent
        elif FORGET + key in form and form[FORGET + key].data:
            values[key] = None
    return values


def _tidy(setting: Setting, sent: Any) -> Any:
    if setting.kind == "text":
        return (sent or "").strip()
    return (sent or "").replace("\r\n", "\n") if setting.kind == "long_text" else sent


def _field(setting: Setting, view: SettingView) -> Field:
    named: dict[str, Any] = {"label": str(setting.label), "description": _help(setting, view)}
    if setting.kind == "number":
        return IntegerField(**named, validators=_bounds(setting))
    if setting.kind == "switch":
        return BooleanField(**named)
    if setting.kind == "choice":
        return SelectField(**named, choices=options([(value, str(label)) for value, label in setting.choices]))
    length = [Length(max=MAX_LENGTH[setting.kind])]
    kinds = {"secret": PasswordField, "long_text": TextAreaField}
    return kinds.get(setting.kind, StringField)(**named, validators=length)


def _bounds(setting: Setting) -> list[Any]:
    needed = InputRequired(_("Please type a number."))
    if setting.least is not None and setting.most is not None:
        words = _("A number from %(least)s to %(most)s.", least=setting.least, most=setting.most)
    elif setting.least is not None:
        words = _("A number of at least %(least)s.", least=setting.least)
    else:
        words = _("A number of at most %(most)s.", most=setting.most)
    return [needed, NumberRange(setting.least, setting.most, words)]


def _help(setting: Setting, view: SettingView) -> str:
    words = [str(setting.help)] if setting.help else []
    if setting.kind == "secret" and view.is_unreadable:
        words.append(_("It can't be read any more since the portal's secret key was changed. Please type it again."))
    elif setting.kind == "secret":
        words.append(_("It is set. Leave this empty to keep it.") if view.is_set else _("It is not set."))
    return " ".join(words)
