"""HTML as a browser reads it, reduced to what can run."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc"})
INERT_TYPES = ("application/json", "application/ld+json")


@dataclass
class Markup:
    """Tags seen, and everything that would run or style without a file: nothing of it may stand in a page."""

    tags: set[str] = field(default_factory=set)
    handlers: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.markup = Markup()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        markup = self.markup
        markup.tags.add(tag)
        markup.ids += [found["id"]] if "id" in found else []
        markup.handlers += [f"{tag} {name}" for name in found if name.startswith("on")]
        markup.styles += [f"{tag} style={found['style']}"] if "style" in found else []
        markup.addresses += [value for name, value in found.items() if name in ADDRESSES]
        markup.sources += [found["src"]] if "src" in found else []
        markup.sources += [found["href"]] if tag == "link" and "href" in found else []
        if tag == "style" and not found.get("nonce"):
            markup.styles.append("style without nonce")
        if tag == "script" and not found.get("nonce") and found.get("type") not in INERT_TYPES:
            markup.scripts.append(f"script {found}")


def read_markup(html: str) -> Markup:
    """What stands in a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.markup


def is_live(address: str) -> bool:
    """Whether following the address would run something."""
    bare = "".join(address.split()).lower()
    return bare.startswith(("javascript:", "vbscript:", "data:text/html", "data:image/svg"))
