"""The pages for plugin authors that follow from the code: hooks and SDK. Usage: plugin_docs.py write|check"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal import sdk  # noqa: E402 (the checkout that this script is of)
from portal.plugin_host import hookspecs  # noqa: E402
from portal.plugin_host.caller import ELEMENTS, KINDS  # noqa: E402
from tests.portal.sdk import hook_examples  # noqa: E402

FOLDER = ROOT / "docs" / "plugins"
NOTE = "<!-- Made by scripts/plugin_docs.py from the code: run it with `write` after a change. -->"
SECTION = re.compile(r"^# --- (.+) ---$|^def (portal_\w+)", re.MULTILINE)

# What a hook of a section may do, by the section's first words; WRITING names the exceptions.
MAY_WRITE = {
    "asked once": "No: there is no database and no request yet.",
    "asked while": "No: it may be asked while a page is only read. What it reads is the acting member's affair.",
    "told after": "Yes, in a unit of work of its own. What it raises is logged and undone, and nobody else notices.",
    "called for": "Yes, in the unit of work of the switch.",
}
WRITING = {
    "portal_member_erased": "Yes, in the core's unit of work. What it raises stops the erasure, which is tried again.",
    "portal_members_merged": "Yes, in the core's unit of work. What it raises stops the merging.",
    "portal_organisations_merged": "Yes, in the core's unit of work. What it raises stops the merging.",
    "portal_demo_load": "Yes, in the unit of work that loads the demo network.",
}
# Names of the SDK that can carry no docstring of their own.
TEXTS = {
    "API": "The version of this SDK, checked against `portal=` of the manifest.",
    "hookimpl": "Marks a function of the plugin's module as the implementation of the hook of its name.",
    "access.MEMBER": "The principal of everybody who is logged in; as a permission: any member.",
    "access.PUBLIC": "The principal of everybody; as a permission: nobody needs to log in.",
    "access.Rule": "What `prepared` gives to a query: audience column → SQL condition.",
    "database.session": "The SQLAlchemy session of the present unit of work. Flush it, never commit it.",
    "demo.CREDIT": "Who is named as photographer of invented photos.",
    "demo.SCENES": "The motifs that `draw_photo` knows.",
    "files.Kind": "What a file is to the portal.",
    "i18n.gettext": "The text in the reader's language, now; `%(name)s` takes values by name.",
    "i18n.lazy_gettext": "The same when it is shown: for what is made at import, such as titles.",
    "i18n.lazy_ngettext": "`ngettext` when it is shown.",
    "i18n.lazy_pgettext": "`pgettext` when it is shown.",
    "i18n.ngettext": "Singular or plural by a number, given as `num` too.",
    "i18n.pgettext": "A text with a context: the plugin's id, for words that mean something else elsewhere.",
    "i18n.get_locale": "The reader's locale (Babel's), None outside a request.",
    "network.KINDS": "The kinds of organisations.",
    "network.KIND_TITLES": "Each kind in words, lazy-translated.",
    "network.LAENDER": "The Länder: code → name, lazy-translated.",
}


def list_hooks() -> Iterator[tuple[str, str]]:
    """(section, name) of every hook, in the order of the specifications."""
    section = ""
    for match in SECTION.finditer(inspect.getsource(hookspecs)):
        section = match[1] or section
        if match[2]:
            yield section, match[2]


class Written(str):
    """An annotation as it is written, without quotation marks around it."""

    def __repr__(self) -> str:
        return str(self)


def signature_of(function: Any) -> str:
    """A function's signature with the types as they are written."""
    whole = inspect.signature(function)
    parameters = [one.replace(annotation=_written(one.annotation)) for one in whole.parameters.values()]
    text = str(whole.replace(parameters=parameters, return_annotation=_written(whole.return_annotation)))
    return re.sub(r" at 0x[0-9a-f]+|<factory>", "…", text)


def _written(annotation: Any) -> Any:
    return Written(annotation) if isinstance(annotation, str) else annotation


def markdown(text: str | None) -> str:
    """A docstring as Markdown."""
    plain = re.sub(r":(?:mod|class|func|meth|data|attr):`~?([^`]+)`", r"`\1`", inspect.cleandoc(text or ""))
    return plain.replace("``", "`")


def page_of(section: str, name: str) -> str:
    """The page of one hook."""
    spec = getattr(hookspecs, name)
    example = getattr(hook_examples, name, None)
    writes = WRITING.get(name) or next(text for start, text in MAY_WRITE.items() if section.startswith(start))
    checked = "A result of another type is left out and counted as an error." if name in {**KINDS, **ELEMENTS} else ""
    parts = [NOTE, f"# `{name}{signature_of(spec)}`", markdown(spec.__doc__)]
    parts += [f"- **When:** {section}.", f"- **May it write?** {writes}"]
    parts += [f"- **Result:** {checked}"] if checked else []
    if example is not None:
        parts += ["## Example", f"```python\n{inspect.getsource(example).strip()}\n```"]
    return "\n\n".join(parts).replace(".\n\n- **", ".\n- **").replace(".\n- **When", ".\n\n- **When") + "\n"


def index_of_hooks() -> str:
    """The list of all hooks."""
    lines, last = [NOTE, "", "# Hooks", "", "All are optional. A plugin takes only the arguments that it needs."], ""
    for section, name in list_hooks():
        if section != last:
            lines += ["", f"## {section[:1].upper()}{section[1:]}", ""]
        last = section
        first = markdown(getattr(hookspecs, name).__doc__).split("\n\n")[0].replace("\n", " ")
        lines.append(f"- [`{name}`]({name}.md): {first}")
    return "\n".join(lines) + "\n"


def modules() -> Iterator[ModuleType]:
    """The SDK's modules, by name."""
    yield sdk
    for found in sorted(pkgutil.iter_modules(sdk.__path__), key=lambda one: one.name):
        yield importlib.import_module(f"portal.sdk.{found.name}")


def entry_of(module: ModuleType, name: str) -> str:
    """What the reference says of one exported name."""
    thing = getattr(module, name)
    full = f"{module.__name__}.{name}".removeprefix("portal.sdk.")
    if full in TEXTS:
        return f"### `{name}`\n\n{TEXTS[full]}"
    if not inspect.isclass(thing):
        return f"### `{name}{signature_of(thing)}`\n\n{markdown(thing.__doc__)}"
    is_made_by_hand = not hasattr(thing, "__table__") and not issubclass(thing, Exception)
    shown = name + signature_of(thing).removesuffix(" -> None") if is_made_by_hand else name
    return "\n".join([f"### `{shown}`", "", markdown(thing.__doc__), *_parts_of(thing)])


def _parts_of(thing: type) -> Iterator[str]:
    """The columns of a model; properties and methods that the class itself has and explains."""
    if hasattr(thing, "__table__"):
        yield f"\nColumns: {', '.join(f'`{column.name}`' for column in thing.__table__.columns)}."  # type: ignore[attr-defined]
    for name, part in vars(thing).items():
        function = getattr(part, "fget", None) or getattr(part, "func", part)
        if name.startswith("_") or not inspect.isfunction(function) or not function.__doc__:
            continue
        shown = f"{name}{signature_of(function).replace('(self, ', '(').replace('(self)', '()')}"
        first = markdown(function.__doc__).split("\n\n")[0].replace("\n", " ")
        yield f"\n- `{shown if part is function else name}`: {first}"


def reference() -> str:
    """The page of the SDK."""
    version = ".".join(str(part) for part in sdk.API)
    parts = [NOTE, f"# The SDK, version {version}", "All that a plugin imports of the portal."]
    for module in modules():
        parts += [f"## `{module.__name__}`", markdown(module.__doc__)]
        parts += [entry_of(module, name) for name in module.__all__]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[Path, str]:
    """Every generated page with its contents."""
    hooks = {FOLDER / "hooks" / f"{name}.md": page_of(section, name) for section, name in list_hooks()}
    return {FOLDER / "sdk.md": reference(), FOLDER / "hooks" / "README.md": index_of_hooks(), **hooks}


def list_stale() -> list[str]:
    """Pages that are not as the code says, and pages of hooks that are gone."""
    wanted = pages()
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    gone = set((FOLDER / "hooks").glob("*.md")) - wanted.keys()
    return sorted(str(path.relative_to(ROOT)) for path in {*stale, *gone})


def write() -> None:
    """Write every page, and take away those of hooks that are gone."""
    wanted = pages()
    for path in set((FOLDER / "hooks").glob("*.md")) - wanted.keys():
        path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(action: str) -> int:
    """Write, or name what is stale; the exit code is 1 when something is."""
    if action == "write":
        write()
    stale = list_stale()
    for name in stale:
        print(f"{name}: run scripts/plugin_docs.py write")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
