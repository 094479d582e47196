"""The search language: words, "phrases", OR, -without, beginnings*, type:kind.

A grammar of its own with budgets, because the language of the engine lets one query cost seconds. Reading a
query never fails: what is not understood is read as words, what is over budget is left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from plugins.search.analysis.folding import GERMAN, fold
from plugins.search.analysis.tokens import split_words

MAX_LENGTH = 300
MAX_WORDS = 12
MAX_PREFIXES = 3
MIN_PREFIX = 3

_ITEM = re.compile(r'(?P<minus>-(?=[^\s-]))?(?:"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+))|"')
_OR = frozenset({"OR", "ODER"})
_PREFIX = re.compile(r"[^\W_]+\*")
_TYPE = re.compile(r"(?:type|typ):(?P<name>[\w.-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """One word in all its forms."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand next to one another in this order."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class Hyphenated:
    """Words joined by hyphens: found as these words or written as one ("E-Mail", "Email")."""

    words: tuple[str, ...]


Term = Word | Phrase | Prefix | Hyphenated


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several terms is enough."""

    terms: tuple[Term, ...]


Clause = Term | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: every clause must match, no excluded term may, only these types (none named: every
    type)."""

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Term, ...] = ()
    types: frozenset[str] = frozenset()

    def is_empty(self) -> bool:
        """True when nothing is asked for that could be found."""
        return not self.clauses


@dataclass(slots=True)
class _Reader:
    """Takes the items of a query in turn and keeps count of the budgets."""

    types: Mapping[str, str]
    clauses: list[Clause] = field(default_factory=list)
    excluded: list[Term] = field(default_factory=list)
    chosen: set[str] = field(default_factory=set)
    words: int = 0
    prefixes: int = 0
    joins_next: bool = False

    def take(self, item: re.Match[str]) -> None:
        plain, phrase = item["plain"], item["phrase"]
        if plain in _OR and not item["minus"]:
            self.joins_next = bool(self.clauses)
        elif plain and not item["minus"] and self.take_type(plain):
            pass
        elif item["minus"]:
            self.excluded += self.read_terms(plain, phrase)
        else:
            self.add(self.read_terms(plain, phrase))

    def take_type(self, plain: str) -> bool:
        match = _TYPE.fullmatch(plain)
        name = self.types.get(match["name"].casefold()) if match else None
        if name:
            self.chosen.add(name)
        return bool(name)

    def add(self, terms: list[Term]) -> None:
        for position, term in enumerate(terms):
            last = self.clauses[-1] if self.clauses else None
            if self.joins_next and position == 0 and last is not None:
                self.clauses[-1] = AnyOf((*(last.terms if isinstance(last, AnyOf) else (last,)), term))
            else:
                self.clauses.append(term)
        self.joins_next = self.joins_next and not terms

    def read_terms(self, plain: str | None, phrase: str | None) -> list[Term]:
        if plain and _PREFIX.fullmatch(plain):
            return self.read_prefix(plain.rstrip("*"))
        if phrase is not None:
            words = self.spend([token.spellings[0] for token in split_words(phrase)])
            return [Phrase(tuple(words))] if len(words) > 1 else [Word(word) for word in words]
        return [term for group in _hyphen_groups(plain or "") for term in self.read_group(group)]

    def read_group(self, group: list[str]) -> list[Term]:
        words = self.spend(group)
        return [Hyphenated(tuple(words))] if len(words) > 1 else [Word(word) for word in words]

    def read_prefix(self, text: str) -> list[Term]:
        if len(fold(text, GERMAN)) < MIN_PREFIX or self.prefixes == MAX_PREFIXES:
            return [Word(word) for word in self.spend([text])]
        self.prefixes += 1
        return [Prefix(word) for word in self.spend([text])]

    def spend(self, words: list[str]) -> list[str]:
        """As many of these words as the budget still allows."""
        allowed = words[: MAX_WORDS - self.words]
        self.words += len(allowed)
        return allowed


def _hyphen_groups(text: str) -> list[list[str]]:
    """The words of a text without spaces, those linked by a hyphen together."""
    groups: list[list[str]] = []
    linked = False
    for token in split_words(text):
        if linked:
            groups[-1].append(token.spellings[0])
        else:
            groups.append([token.spellings[0]])
        linked = token.hyphen_follows
    return groups


def read_query(text: str, types: Mapping[str, str] | None = None) -> Query:
    """Reads what somebody typed. `types` maps the names allowed after `type:` to the types they stand for."""
    reader = _Reader(types or {})
    for item in _ITEM.finditer(text[:MAX_LENGTH]):
        if item["plain"] or item["phrase"]:
            reader.take(item)
    return Query(tuple(reader.clauses), tuple(reader.excluded), frozenset(reader.chosen))
