"""Texts and templates: under the plugin's name, complete in every language that it offers."""

from __future__ import annotations

from collections.abc import Iterator

from portal.plugin_author.catalogues import extract, find_gaps, list_catalogues
from portal.plugin_author.contract.case import Case


def check_templates(case: Case) -> Iterator[str]:
    """Templates lie below ``<id>/``."""
    manifest = case.plugin.manifest
    if manifest is None or not manifest.templates:
        return
    for path in sorted((case.plugin.folder / manifest.templates).iterdir()):
        if path.name != case.plugin_id:
            yield f"the template {path.name} lies outside {manifest.templates}/{case.plugin_id}/"


def check_catalogues(case: Case) -> Iterator[str]:
    """All texts are translated into German, and into every other language that is there, and compiled."""
    template = extract(case.plugin_id, case.plugin.folder)
    manifest = case.plugin.manifest
    if manifest is None or not manifest.translations:
        if len(template):
            yield "it has texts but no translations: the manifest names no folder"
        return
    paths = list_catalogues(case.plugin.folder / manifest.translations, case.plugin_id)
    if not any(path.parent.parent.name == "de" for path in paths):
        yield f"there is no catalogue de/LC_MESSAGES/{case.plugin_id}.po"
    for path in paths:
        language = path.parent.parent.name
        for gap in find_gaps(template, path) if language != "en" else ():
            yield f"{language}: {gap} (run: portal plugin translate {case.plugin_id})"
        if not path.with_suffix(".mo").exists():
            yield f"{language}: the catalogue is not compiled (run: portal plugin translate {case.plugin_id})"
