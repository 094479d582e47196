"""What the plugin keeps: found by those who may read it, and without a person who was erased."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from portal.database import unit_of_work
from portal.extensions import db
from portal.permissions.actor import Actor, anonymous
from portal.plugin_author.contract.case import Case
from portal.plugin_host.contributions import SearchDocument


def fill(case: Case) -> None:
    """Let the author's function make one of everything, if there is one."""
    if case.fill is not None:
        with unit_of_work():
            case.fill(case.member)


def check_documents(case: Case) -> Iterator[str]:
    """Search documents carry readers, bear a declared type, and are readable to exactly those readers."""
    types = {one.name for one in case.host.ask_one(case.plugin_id, "portal_search_types") or []}
    yield from (f"the search type {name} is not named {case.plugin_id}.…" for name in types if not _is_own(case, name))
    documents = _documents(case)
    if case.fill is not None and types and not documents:
        yield "it declares search types, and what the test made is not among its documents"
    for one in documents:
        if one.type not in types:
            yield f"the document {one.type} {one.id} is of a type that is not declared"
        if not one.readers:
            yield f"the document {one.type} {one.id} has no readers"
        if not one.url.startswith("/"):
            yield f"the document {one.type} {one.id} leads to {one.url}, which is no address of this portal"
    for member in (anonymous(), case.member):
        yield from _check_readers(case, member, documents)


def _check_readers(case: Case, member: Actor, documents: list[SearchDocument]) -> Iterator[str]:
    keys = [(one.type, one.id) for one in documents]
    with case.app.test_request_context():
        answer = case.host.ask_one(case.plugin_id, "portal_search_readable", member=member, keys=keys) if keys else None
    for one in documents:
        wanted, given = not member.principals.isdisjoint(one.readers), (one.type, one.id) in (answer or ())
        if wanted != given:
            said = "readable" if given else "not readable"
            yield f"portal_search_readable says {one.type} {one.id} is {said}, its readers are {sorted(one.readers)}"


def check_erasing(case: Case) -> Iterator[str]:
    """After a member is erased, no cell, document or export of the plugin knows the name or address."""
    if case.member.id is None:
        return
    with unit_of_work():
        case.host.ask_one(case.plugin_id, "portal_member_erased", member_id=case.member.id)
    for table, column, value in _cells(case):
        if _names(case, value):
            yield f"after erasing a member, {table}.{column} still names them"
    for one in _documents(case):
        if _names(case, f"{one.title} {one.body} {one.path}"):
            yield f"after erasing a member, the search document {one.type} {one.id} still names them"
    if case.fill is not None:
        data = case.host.ask_one(case.plugin_id, "portal_member_data", member_id=case.member.id) or {}
        yield from (f"after erasing a member, portal_member_data still gives {key!r}" for key in data if data[key])


def _is_own(case: Case, name: str) -> bool:
    return name.startswith(f"{case.plugin_id}.")


def _documents(case: Case) -> list[SearchDocument]:
    with case.app.test_request_context():
        return list(case.host.ask_one(case.plugin_id, "portal_search_documents", since=None) or ())


def _cells(case: Case) -> Iterator[tuple[str, str, Any]]:
    lineage = case.host.lineage(case.plugin_id)
    for table in lineage.metadata.tables.values() if lineage else ():
        for row in db.session.execute(select(table)).mappings():
            yield from ((table.name, column.name, row[column]) for column in table.columns)


def _names(case: Case, value: Any) -> bool:
    return case.member.name in str(value) or case.member.email in str(value)
