"""From a query to terms: what an engine has to look up for each word, in the languages that documents may
have."""

from dataclasses import dataclass

from plugins.search.analysis.chain import (
    LANGUAGES,
    find_query_forms,
    find_word_terms,
)
from plugins.search.analysis.folding import fold
from plugins.search.query import AnyOf, Clause, Hyphenated, Phrase, Prefix, Query, Word


@dataclass(frozen=True, slots=True)
class WordPlan:
    """A word: found under any of its stems, or, if it is a compound, under the parts of one, all in one
    document."""

    stems: tuple[str, ...]
    compounds: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PhrasePlan:
    """Stems at their distances from the first; one line of (distance, stem) for each language's chain."""

    lines: tuple[tuple[tuple[int, str], ...], ...]


@dataclass(frozen=True, slots=True)
class PrefixPlan:
    """A beginning, as each language folds it."""

    beginnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllPlan:
    """Every one of these must be found; counts as one clause."""

    plans: tuple["Plan", ...]


@dataclass(frozen=True, slots=True)
class AnyPlan:
    """Any one of these is enough."""

    plans: tuple["Plan", ...]


Plan = WordPlan | PhrasePlan | PrefixPlan | AllPlan | AnyPlan


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """All of `required` must be found, none of `excluded` may be."""

    required: tuple[Plan, ...]
    excluded: tuple[Plan, ...]


def plan_query(query: Query) -> QueryPlan:
    """Looks up the terms of a query. Stop words fall away as long as another word is left; saying something twice
    adds nothing."""
    meaningful = tuple(clause for clause in query.clauses if not _is_stop_word(clause))
    return QueryPlan(
        tuple(dict.fromkeys(filter(None, map(_plan_clause, meaningful or query.clauses)))),
        tuple(dict.fromkeys(filter(None, map(_plan_clause, query.excluded)))),
    )


def _is_stop_word(clause: Clause) -> bool:
    """A word that any of the languages skips must not be asked of documents in the others."""
    if not isinstance(clause, Word):
        return False
    return any(not find_query_forms(clause.text, language).stems for language in LANGUAGES)


def _plan_clause(clause: Clause) -> Plan | None:
    match clause:
        case Word(text):
            return _plan_word(text)
        case Phrase(words):
            return _plan_phrase(words)
        case Prefix(text):
            return _plan_prefix(text)
        case Hyphenated(words):
            return _any_of([_all_of([_plan_word(word) for word in words]), _plan_word("".join(words))])
        case AnyOf(terms):
            return _any_of([_plan_clause(term) for term in terms])


def _plan_word(text: str) -> WordPlan | None:
    forms = [find_query_forms(text, language) for language in LANGUAGES]
    stems = tuple(dict.fromkeys(stem for form in forms for stem in form.stems))
    compounds = tuple(form.parts for form in forms if len(form.parts) > 1)
    return WordPlan(stems, compounds) if stems else None


def _plan_phrase(words: tuple[str, ...]) -> PhrasePlan | None:
    lines: dict[tuple[tuple[int, str], ...], None] = {}
    for language in LANGUAGES:
        found = [
            (place, terms.stems[0])
            for place, word in enumerate(words)
            if (terms := find_word_terms((word,), language)).stems
        ]
        if found:
            lines[tuple((place - found[0][0], stem) for place, stem in found)] = None
    return PhrasePlan(tuple(lines)) if lines else None


def _plan_prefix(text: str) -> PrefixPlan:
    return PrefixPlan(tuple(dict.fromkeys(fold(text, language) for language in LANGUAGES)))


def _all_of(plans: list[WordPlan | None]) -> Plan | None:
    found = tuple(filter(None, plans))
    return AllPlan(found) if found else None


def _any_of(plans: list[Plan | None]) -> Plan | None:
    found = tuple(dict.fromkeys(filter(None, plans)))
    return AnyPlan(found) if found else None
