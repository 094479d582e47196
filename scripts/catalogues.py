"""The message catalogues: one for the core, one for each plugin. Usage: catalogues.py compile|update|check"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal.plugin_author.catalogues import extract, find_placeholders, is_translated  # noqa: E402 (the checkout that this script is of)

LOCALES = ("de",)  # English is the language of the msgids themselves


@dataclass(frozen=True)
class Domain:
    """A catalogue's name, the folder whose texts it holds and the folder it lies in."""

    name: str
    sources: Path
    folder: Path

    def get_path(self, locale: str) -> Path:
        """Where the catalogue of a language lies."""
        return self.folder / locale / "LC_MESSAGES" / f"{self.name}.po"

    def extract(self) -> Catalog:
        """All texts that the code and the templates hold now."""
        found, template = extract(self.name, self.sources), Catalog(domain=self.name)
        for message in found:
            places = [((self.sources / name).relative_to(ROOT).as_posix(), 0) for name, _ in message.locations]
            template.add(message.id, None, places, auto_comments=message.auto_comments, context=message.context)
        return template

    def read(self, locale: str) -> Catalog:
        """The catalogue as it lies there, or a new one."""
        path = self.get_path(locale)
        if not path.exists():
            return Catalog(locale, self.name, fuzzy=False)
        with path.open("rb") as stream:
            return read_po(stream, locale, self.name)


def list_domains() -> Iterator[Domain]:
    """The core's domain and those of the bundled plugins."""
    yield Domain("portal", ROOT / "portal", ROOT / "translations")
    for manifest in sorted(ROOT.glob("plugins/*/plugin.py")):
        yield Domain(manifest.parent.name, manifest.parent, manifest.parent / "translations")


def compile_all() -> list[str]:
    """Write the binary catalogues that the portal reads; nothing can be amiss."""
    for path in ROOT.glob("**/LC_MESSAGES/*.po"):
        if "node_modules" in path.parts or ".venv" in path.parts:
            continue
        locale = path.parent.parent.name
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale, path.stem))
    return []


def update_all() -> list[str]:
    """Bring new texts into the catalogues and old ones out; report what still has to be translated."""
    for domain in list_domains():
        template = domain.extract()
        for locale in LOCALES:
            catalogue = domain.read(locale)
            catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
            catalogue.obsolete.clear()
            _write_header(catalogue)
            path = domain.get_path(locale)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                write_po(stream, catalogue, sort_by_file=True, include_lineno=False, width=110)
    return check_all()


def _write_header(catalogue: Catalog) -> None:
    """Say what the file is, without names and dates that would change with every run."""
    catalogue.header_comment = f"# The texts of the domain “{catalogue.domain}” in {catalogue.locale_identifier}."
    catalogue.project, catalogue.version = "member-portal", "0.1"
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 22, tzinfo=UTC)


def check_all() -> list[str]:
    """One line for each text that is missing, marked fuzzy or no longer used, in any domain and language."""
    return [line for domain in list_domains() for locale in LOCALES for line in _check(domain, locale)]


def _check(domain: Domain, locale: str) -> Iterator[str]:
    where = domain.get_path(locale).relative_to(ROOT)
    used = {(message.id, message.context) for message in domain.extract() if message.id}
    catalogue = {(message.id, message.context): message for message in domain.read(locale) if message.id}
    for key in sorted(used - catalogue.keys(), key=str):
        yield f"{where}: not in the catalogue: {key[0]!r}"
    for key, message in catalogue.items():
        if key not in used:
            yield f"{where}: no longer used: {key[0]!r}"
        elif not is_translated(message):
            yield f"{where}: not translated: {key[0]!r}"
        elif message.fuzzy:
            yield f"{where}: marked fuzzy: {key[0]!r}"
        elif find_placeholders(message.id) != find_placeholders(message.string):
            yield f"{where}: other placeholders than the original: {key[0]!r}"


def main(action: str) -> int:
    """Do one of the three; the exit code is 1 when something is amiss."""
    actions = {"compile": compile_all, "update": update_all, "check": check_all}
    amiss = actions[action]()
    for line in amiss:
        print(line)
    return 1 if amiss else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
