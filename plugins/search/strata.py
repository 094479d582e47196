"""Three parts of the index by who may read them, so that nobody's results depend on what they may not read.

Filtering hits is not enough: the rarity of a word, the average length of a text and the number of documents
go into every score, and restricted documents would show through the order of the public ones. So each
document lives in the widest stratum that its readers allow, and the figures behind the scores come only from
strata that the asker may read as a whole. Restricted documents are scored with the same figures and never add
to them.
"""

from collections.abc import Set as AbstractSet
from enum import StrEnum


class Stratum(StrEnum):
    """Who may read what lies here: everybody, every member, or only those named."""

    PUBLIC = "public"
    MEMBER = "member"
    RESTRICTED = "restricted"


def stratum_of(readers: AbstractSet[str]) -> Stratum:
    """Where a document with these readers belongs."""
    for stratum in (Stratum.PUBLIC, Stratum.MEMBER):
        if stratum in readers:
            return stratum
    return Stratum.RESTRICTED


def list_open_strata(principals: AbstractSet[str]) -> tuple[Stratum, ...]:
    """The strata that somebody with these principals may read as a whole."""
    named = tuple(stratum for stratum in (Stratum.PUBLIC, Stratum.MEMBER) if stratum in principals)
    return named or (Stratum.PUBLIC,)
