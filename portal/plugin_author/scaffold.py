"""A new plugin, written out whole: a distribution that installs, switches on and passes the contract as it is."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from portal.errors import Invalid
from portal.plugin_author.catalogues import compile_catalogue
from portal.plugin_host.manifest import PluginError, check_id

SAMPLE = Path(__file__).resolve().parent / "data" / "distribution"
ID, TITLE = "sampleid", "Sampletitle"
BUILT = (".mo", ".pyc")
UNFIT = set("\"'\\%{}<>")  # would end the strings that the title is written into


def create_distribution(plugin_id: str, title: str, parent: Path) -> Path:
    """Write the distribution ``portal-<id>`` below ``parent`` and give its folder.

    Raises Invalid for an id that no plugin may have or a folder that is there already."""
    try:
        check_id(plugin_id)
    except PluginError as error:
        raise Invalid(str(error).replace("%", "%%")) from error
    if not title.strip() or not title.isprintable() or set(title) & UNFIT:
        raise Invalid("The title can't hold any of %(signs)s.", signs=" ".join(sorted(UNFIT)))
    if find_spec(f"portal_{plugin_id}") is not None:
        raise Invalid("A plugin of this name is installed already.")
    target = parent / f"portal-{plugin_id}"
    if target.exists():
        raise Invalid("The folder %(folder)s is there already.", folder=str(target))
    for source in _files():
        place = target / _renamed(source.relative_to(SAMPLE).as_posix(), plugin_id, title)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_renamed(source.read_text(encoding="utf-8"), plugin_id, title), encoding="utf-8")
    for catalogue in target.rglob("*.po"):
        compile_catalogue(catalogue)
    return target


def _files() -> Iterator[Path]:
    found = (path for path in sorted(SAMPLE.rglob("*")) if path.is_file())
    yield from (path for path in found if path.suffix not in BUILT)


def _renamed(text: str, plugin_id: str, title: str) -> str:
    return text.replace(ID, plugin_id).replace(TITLE, title)
