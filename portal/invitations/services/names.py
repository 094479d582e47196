"""Names that strangers give for a mail to somebody else: a name and nothing that a mail program makes a link of."""

from __future__ import annotations

from portal.errors import Invalid
from portal.members.services.creating import clean_name

LINKS = ("/", "@", "www.")


def plain_name(name: str) -> str:
    """A name with single blanks. Raises Invalid for an empty or an endless one, or one with an address in it."""
    cleaned = clean_name(name)
    if any(one in cleaned.lower() for one in LINKS):
        raise Invalid("Please give the name alone, without an address of a page or of mail.", "name")
    return cleaned
