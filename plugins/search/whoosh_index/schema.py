"""What a document is in Whoosh: fields that take ready-made terms, and one record to show."""

import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from whoosh import columns, fields, formats

from plugins.search.analysis.chain import analyze_text, chain_of, find_fingerprint, list_prefixes
from plugins.search.index import Key, find_version, list_facets
from plugins.search.whoosh_index.postings import pack
from portal.sdk.contributions import SearchDocument

SCHEMA_VERSION = 3
MAX_TITLE = 1_000
MAX_BODY = 400_000
# In the field of compound parts the title comes first and the text begins here.
BODY_START = MAX_TITLE
NO_DATE = -(2**62)
SEPARATOR = "\x1f"

_BROKEN_WORD = re.compile(r"\u00ad\s*|(?<=[a-zäöüß])[-\u2010]\r?\n(?=[a-zäöüß])")
# A blank line after what is no sentence: the parts of a text are told apart when they stand on one line.
_PARTS = re.compile(r"(?<![\s.!?:;,…])[^\S\n]*\n\s*?\n\s*")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\u200b\ufeff]+")

Record = dict[str, Any]


class TermField(fields.FieldType):
    """Terms that a document has or has not; values are iterables of terms."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(self, value: Iterable[str], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """One posting a term."""
        return ((term.encode(), 1, 1.0, b"") for term in value)


class PositionField(fields.FieldType):
    """Terms with their positions; values are mappings of term to rising positions."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None, scorable=True)

    def index(self, value: Mapping[str, list[int]], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """One posting a term, with its positions."""
        return ((term.encode(), len(at), float(len(at)), pack(at)) for term, at in value.items())


SCHEMA = fields.Schema(
    key=TermField(),
    readers=TermField(),
    title=PositionField(),
    body=PositionField(),
    parts=PositionField(),
    prefix=TermField(),
    facet=TermField(),
    order=fields.COLUMN(columns.NumericColumn("q")),
    place=fields.COLUMN(columns.NumericColumn("q")),
    date=fields.COLUMN(columns.NumericColumn("q", default=NO_DATE)),
    identity=fields.COLUMN(columns.VarBytesColumn()),
    record=fields.STORED(),
)


def find_schema_fingerprint() -> str:
    """Names the make of an index: the schema, the chain, the engine, the Python. Another make means:
    rebuild."""
    parts = (
        SCHEMA_VERSION,
        find_fingerprint(),
        version("whoosh-reloaded"),
        sys.version_info[:2],
        sys.byteorder,
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def key_term(key: Key) -> str:
    """The term under which the document with this key is found."""
    return SEPARATOR.join(key)


def make_fields(document: SearchDocument) -> Record:
    """A document as the arguments of Whoosh's `add_document`."""
    language = chain_of(document.language)
    title, body = clean_text(document.title)[:MAX_TITLE], clean_text(document.body)[:MAX_BODY]
    in_title, in_body = analyze_text(title, language), analyze_text(body, language)
    key = document.type, document.id
    return {
        "key": [key_term(key)],
        "readers": sorted(document.readers),
        "title": in_title.positions,
        "body": in_body.positions,
        "parts": _join_parts(in_title.parts, in_body.parts),
        "prefix": sorted(list_prefixes(in_title.surfaces | in_body.surfaces)),
        "facet": [SEPARATOR.join(one) for one in list_facets(document)],
        "order": number_of(key_term(key)),
        "place": number_of(document.url),
        "date": seconds_of(document.date or document.changed_at),
        "identity": SEPARATOR.join((*key, find_version(document))).encode(),
        "record": _make_record(document, title, body),
    }


def _join_parts(in_title: dict[str, list[int]], in_body: dict[str, list[int]]) -> dict[str, list[int]]:
    joined = {part: list(at) for part, at in in_title.items()}
    for part, at in in_body.items():
        joined.setdefault(part, []).extend(BODY_START + position for position in at)
    return joined


def _make_record(document: SearchDocument, title: str, body: str) -> Record:
    return {
        "type": document.type,
        "id": document.id,
        "title": title,
        "body": body,
        "url": document.url,
        "path": document.path,
        "language": document.language,
        "date": document.date or document.changed_at,
    }


def clean_text(text: str) -> str:
    """The text in composed letters on one line: words broken at line ends are joined, parts told apart by a dot,
    control characters gone."""
    joined = _BROKEN_WORD.sub("", unicodedata.normalize("NFC", text).strip())
    return _CONTROL.sub(" ", _PARTS.sub(" · ", joined)).strip()


def number_of(text: str) -> int:
    """A number that depends on the text alone. Made of keys, it decides between equal scores, whatever else the
    index holds; made of addresses, it says which documents lead to one place."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def seconds_of(moment: datetime) -> int:
    """A moment as whole seconds; a moment without zone is UTC."""
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
