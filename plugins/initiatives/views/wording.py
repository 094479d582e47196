"""Values as readers compare them: topics, Länder and readers by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.initiatives.services.content import EMPTY, FIELDS
from plugins.initiatives.words import REACH_TITLES
from portal.sdk.network import LAENDER, Topic
from portal.sdk.revisions import FieldChange, compare


def changes_in_words(before: Mapping[str, Any], after: Mapping[str, Any], topics: Sequence[Topic]) -> list[FieldChange]:
    """The fields that differ, in the reader's words."""
    return compare(in_words(before, topics), in_words(after, topics))


def in_words(values: Mapping[str, Any], topics: Sequence[Topic]) -> dict[str, Any]:
    """The values of all fields in the reader's words; what is unknown by now stays as it was written."""
    titles = {topic.slug: topic.title for topic in topics}
    known = {name: values.get(name, EMPTY[name]) for name in FIELDS}
    known["topics"] = [titles.get(slug, slug) for slug in known["topics"]]
    known["laender"] = [str(LAENDER.get(code, code)) for code in known["laender"]]
    for name in ("reach", "contact_reach"):
        known[name] = str(REACH_TITLES.get(known[name], known[name]))
    return known
