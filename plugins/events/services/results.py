"""Results of a section: measures, findings, open questions, insights and ambassadors' summaries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugins.events.models import RESULT_KINDS, Result
from plugins.events.services import queries
from plugins.events.services.holding import hold_result, hold_section
from plugins.events.services.saving import assign, check_unchanged, forget_versions, save
from plugins.events.services.sections import touch_section
from portal.sdk.access import Actor
from portal.sdk.audit import record
from portal.sdk.database import session
from portal.sdk.errors import Invalid


def create_result(member: Actor, section_id: int, values: Mapping[str, Any], form_key: str = "") -> Result:
    """A new result at the end of the section; a form sent twice makes one. Raises Forbidden, Invalid, NotFound."""
    check_result(values)
    section = hold_section(member, section_id)
    if made := queries.find_made(member, Result, form_key, section_id=section_id):
        return made
    place = queries.next_place(member, Result, section_id=section_id)
    result = Result(section_id=section_id, position=place, audience=section.audience, form_key=form_key or None)
    assign(result, values)
    session.add(result)
    save(member, result)
    touch_section(member, section)
    return result


def update_result(member: Actor, result_id: int, version: int, values: Mapping[str, Any]) -> Result:
    """Change the result that the editor opened at ``version``. Raises Conflict, Forbidden, Invalid, NotFound."""
    result = hold_result(member, result_id)
    check_unchanged(result, version)
    check_result({"kind": result.kind, "text": result.text} | dict(values))
    assign(result, values)
    save(member, result)
    touch_section(member, result.section)
    return result


def delete_result(member: Actor, result_id: int, version: int) -> None:
    """Delete the result that the editor saw at ``version``. Raises Conflict, Forbidden, NotFound."""
    result = hold_result(member, result_id)
    check_unchanged(result, version)
    section = result.section
    record(member, "events.result_deleted", "events.result", result.id, {"title": section.title})
    forget_versions(Result, [result.id])
    session.delete(result)
    session.flush()
    touch_section(member, section)


def check_result(values: Mapping[str, Any]) -> None:
    """Raises Invalid when the result has no text or no known kind."""
    if not str(values.get("text") or "").strip():
        raise Invalid("Please write the result down.", "text")
    if values.get("kind") not in RESULT_KINDS:
        raise Invalid("Please choose what it is.", "kind")
