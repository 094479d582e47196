"""Translations: plugins in force first and the core last, so that no plugin can reword the core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import TypeVar

from babel.messages.plurals import get_plural
from babel.support import NullTranslations, Translations
from flask import current_app
from flask_babel import Babel, Domain, get_locale

from portal.paths import shared_folder
from portal.plugin_host.host import EXTENSION, PluginHost

CORE_DOMAIN = "portal"
_speaking: ContextVar[str] = ContextVar("portal_speaking", default="")
Words = TypeVar("Words")


def reading_language() -> str:
    """The language of what is being made now: the reader's, a mail's, or the portal's own."""
    locale = get_locale()
    return locale.language if locale else current_app.config["BABEL_DEFAULT_LOCALE"]


@contextmanager
def said_by(plugin_id: str) -> Iterator[None]:
    """Within the block, words of this plugin are translated although it is off."""
    token = _speaking.set(plugin_id)
    try:
        yield
    finally:
        _speaking.reset(token)


def title_of(host: PluginHost, plugin_id: str) -> str:
    """A plugin's title in the reader's language, also while it is off; its id where it could not be loaded."""
    plugin = host.plugins.get(plugin_id)
    if plugin is None or plugin.manifest is None:
        return plugin_id
    with said_by(plugin_id):
        return str(plugin.manifest.title)


def per_language(build: Callable[[], Words]) -> Callable[[], Words]:
    """Call ``build`` once for each language and generation: for titles that a page shows a hundred times."""
    kept: dict[tuple[int, str], Words] = {}

    @wraps(build)
    def words() -> Words:
        host: PluginHost = current_app.extensions[EXTENSION]
        key = (host.now.n, reading_language())
        if key not in kept:
            for old in [one for one in kept if one[0] != host.now.n]:
                kept.pop(old, None)
            kept[key] = build()
        return kept[key]

    return words


class PortalDomain(Domain):
    """A domain merged from several catalogues, cached by (generation, locale)."""

    def __init__(self) -> None:
        super().__init__(domain=CORE_DOMAIN)
        self._merged: dict[tuple[int, str, str], Translations] = {}

    def get_translations(self) -> NullTranslations:
        """The catalogue for the reader's language as of now."""
        if not current_app:
            return NullTranslations()
        host: PluginHost = current_app.extensions[EXTENSION]
        locale = reading_language()
        key = (host.now.n, locale, _speaking.get())
        if key not in self._merged:
            self._merged = {one: kept for one, kept in self._merged.items() if one[0] == host.now.n}
            self._merged[key] = self._merge(host, locale)
        return self._merged[key]

    def _merge(self, host: PluginHost, locale: str) -> Translations:
        merged = Translations()
        merged.plural = _plural_rule(locale)
        for folder, domain in [
            *_plugin_catalogues(host, _speaking.get()),
            (shared_folder("translations"), CORE_DOMAIN),
        ]:
            merged.merge(Translations.load(folder, [locale], domain))  # type: ignore[arg-type]
        merged.plural = _plural_rule(locale)
        return merged


class PortalBabel(Babel):
    """Flask-Babel over :class:`PortalDomain`."""

    def __init__(self) -> None:
        super().__init__()
        self._domain = PortalDomain()

    @property
    def domain_instance(self) -> PortalDomain:
        """The one domain of this application."""
        return self._domain


def _plugin_catalogues(host: PluginHost, speaking: str) -> list[tuple[Path, str]]:
    also = [speaking] if speaking in host.plugins and speaking not in host.now.effective else []
    plugins = [host.plugins[name] for name in (*reversed(host.now.effective), *also)]
    return [(p.folder / p.manifest.translations, p.id) for p in plugins if p.manifest and p.manifest.translations]


def _plural_rule(locale: str) -> Callable[[float | Decimal], int]:
    """The rule of the language itself; a catalogue of a plugin can't change it."""
    return lambda n: int(n != 1) if get_plural(locale).num_plurals == 2 else 0
