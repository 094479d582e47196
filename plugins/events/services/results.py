"""Results of a section: measures, findings, open questions, insights and ambassadors' summaries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from plugins.events.models import RESULT_KINDS, Result
from plugins.events.services import queries
from plugins.events.services.holding import hold_section
from plugins.events.services.saving import assign, check_unchanged, forget_versions, save
from plugins.events.services.sections import touch_section
from portal.sdk.access import Actor
from portal.sdk.database import session
from portal.sdk.errors import Invalid


def create_result(member: Actor, section_id: int, values: Mapping[str, Any]) -> Result:
    """A new result at the end of the section. Raises Forbidden, Invalid, NotFound."""
    section = queries.get_section_to_edit(member, section_id)
    check_result(values)
    hold_section(section)
    last = session.scalar(select(func.max(Result.position)).where(Result.section_id == section_id))
    result = Result(section_id=section_id, position=0 if last is None else last + 1, audience=section.audience)
    assign(result, values)
    session.add(result)
    save(member, result)
    touch_section(member, section)
    return result


def update_result(member: Actor, result_id: int, version: int, values: Mapping[str, Any]) -> Result:
    """Change the result that the editor opened at ``version``. Raises Conflict, Forbidden, Invalid, NotFound."""
    result = queries.get_result_to_edit(member, result_id)
    check_unchanged(result, version)
    check_result({"kind": result.kind, "text": result.text} | dict(values))
    assign(result, values)
    save(member, result)
    touch_section(member, result.section)
    return result


def delete_result(member: Actor, result_id: int) -> None:
    """Delete the result. Raises Forbidden, NotFound."""
    result = queries.get_result_to_edit(member, result_id)
    section = result.section
    forget_versions(result)
    session.delete(result)
    session.flush()
    touch_section(member, section)


def check_result(values: Mapping[str, Any]) -> None:
    """Raises Invalid when the result has no text or no known kind."""
    if not str(values.get("text") or "").strip():
        raise Invalid("Please write the result down.", "text")
    if values.get("kind") not in RESULT_KINDS:
        raise Invalid("Please choose what it is.", "kind")
