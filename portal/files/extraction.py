"""Text out of documents. Runs in the child process only.

Pages (of a PDF), slides and sheets are separated by a form feed, so a place in the text tells its page."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from pathlib import Path
from typing import Any

from portal.files.child import serve
from portal.files.decoding import PAGE_BREAK
from portal.files.reading import find_reader

MAX_CHARACTERS = 2_000_000
MAX_PAGES = 3_000


def extract(source: Path, folder: Path) -> dict[str, Any]:
    """The text of the document, whose kind its extension tells; ``cut`` says that it was longer than the limit."""
    pages = find_reader(source.suffix.lstrip("."))(source)
    text, left = [], MAX_CHARACTERS
    for page in islice(pages, MAX_PAGES):
        text.append(tidy(page)[:left])
        left -= len(text[-1]) + 1
        if left <= 0:
            break
    return {"text": PAGE_BREAK.join(text).rstrip(), "cut": left <= 0}


def tidy(text: str) -> str:
    """Text fit for storing and searching: words hyphenated at a line's end joined, ligatures and controls resolved."""
    text = re.sub("[\\u00ad\\u0002\\ufffe]+[ \\t]*\\r?\\n?", "", text)
    text = re.sub(r"(?<=\w)-[ \t]*\r?\n(?=[a-zäöüß])(?!(?:und|oder|bzw|sowie|and|or)\b)", "", text)
    text = unicodedata.normalize(
        "NFC", re.sub("[\\ufb00-\\ufb06]", lambda m: unicodedata.normalize("NFKC", m[0]), text)
    )
    text = "".join(one if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs", "Cn") else " " for one in text)
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


if __name__ == "__main__":
    serve(extract=extract)
