"""A plugin's texts: found in its code and templates, kept in a catalogue for each language, compiled for the portal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
OPTIONS = {"jinja2": {"trimmed": "true", "silent": "false"}}
# Names that mark a text in the code; the exceptions' first argument is a text for the reader.
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "_l", "N_", "gettext", "lazy_gettext"), None),
    **dict.fromkeys(("ngettext", "lazy_ngettext", "_n"), (1, 2)),
    **dict.fromkeys(("pgettext", "lazy_pgettext"), ((1, "c"), 2)),
    **dict.fromkeys(("NotFound", "Forbidden", "Invalid", "Conflict", "TooMany", "Unavailable"), None),
}
LEFT_OUT = {"__pycache__", "data", "static", "frontend", "translations", "migrations"}


def extract(domain: str, sources: Path) -> Catalog:
    """All texts that code and templates below ``sources`` hold now."""
    template = Catalog(domain=domain)
    found = extract_from_dir(
        sources,
        METHODS,
        OPTIONS,
        keywords=KEYWORDS,
        strip_comment_tags=True,
        comment_tags=["Translators:"],
        directory_filter=_has_texts,
    )
    for file_name, _, message, comments, context in found:
        template.add(message, None, [(file_name, 0)], auto_comments=comments, context=context)
    return template


def _has_texts(folder: str) -> bool:
    # Babel's own rule leaves out folders such as `_macros`.
    return Path(folder).name not in LEFT_OUT


def list_catalogues(folder: Path, domain: str) -> list[Path]:
    """The catalogue of each language that the plugin has, ``<folder>/<language>/LC_MESSAGES/<domain>.po``."""
    return sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po"))


def read(path: Path) -> Catalog:
    """A catalogue as it lies there."""
    with path.open("rb") as stream:
        return read_po(stream, path.parent.parent.name, path.stem)


def update(sources: Path, folder: Path, domain: str) -> list[Path]:
    """Bring new texts into every catalogue and old ones out, and compile them; gives the catalogues."""
    template, paths = extract(domain, sources), list_catalogues(folder, domain)
    for path in paths:
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as stream:
            write_po(stream, catalogue, sort_by_file=True, include_lineno=False, width=110)
        compile_catalogue(path)
    return paths


def compile_catalogue(path: Path) -> None:
    """Write the binary catalogue that the portal reads, beside the one that people edit."""
    with path.with_suffix(".mo").open("wb") as target:
        write_mo(target, read(path))


def find_gaps(template: Catalog, path: Path) -> Iterator[str]:
    """One line for each text that is missing, untranslated, fuzzy or has other placeholders."""
    catalogue = {(message.id, message.context): message for message in read(path) if message.id}
    for message in template:
        if not message.id:
            continue
        kept = catalogue.get((message.id, message.context))
        if kept is None:
            yield f"not in the catalogue: {message.id!r}"
        elif kept.fuzzy or not is_translated(kept):
            yield f"not translated: {message.id!r}"
        elif find_placeholders(kept.id) != find_placeholders(kept.string):
            yield f"other placeholders than the original: {message.id!r}"


def is_translated(message: Message) -> bool:
    """Whether the text, in singular and plural, says something."""
    texts = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    return all(texts)


def find_placeholders(text: object) -> set[str]:
    """The names in ``%(…)s`` of a text, or of its singular and plural."""
    texts = [text] if isinstance(text, str) else list(text)  # type: ignore[call-overload]
    return {name for one in texts for name in re.findall(r"%\((\w+)\)", one)}
