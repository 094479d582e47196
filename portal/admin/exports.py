"""The audit log as a file: CSV for people and their spreadsheets, JSON lines for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import Any, TextIO

from flask_babel import gettext as _

from portal.admin.sentences import sentence, title_of
from portal.admin.subjects import changes_of
from portal.audit.models import AuditEntry

# What a spreadsheet takes for a formula when a cell begins with it (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(entries: Iterable[AuditEntry], out: TextIO) -> None:
    """One line for each entry, in words; a cell that would be a formula is made a text."""
    writer = csv.writer(out)
    writer.writerow([_("Line"), _("When"), _("Who"), _("Action"), _("What"), _("Details"), _("Network")])
    for entry in entries:
        changes = "; ".join(f"{label}: {words}" for label, words in changes_of(entry))
        what = (title_of(entry.action), sentence(entry), changes)
        row = (entry.number or "", entry.at.isoformat(), entry.actor_name, *what, entry.network)
        writer.writerow([neutral(str(cell)) for cell in row])


def neutral(cell: str) -> str:
    """``cell`` as a spreadsheet shows it without computing anything."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_lines(entries: Iterable[AuditEntry], out: TextIO) -> None:
    """One JSON object for each entry and line, with all that the chain is computed from."""
    for entry in entries:
        out.write(json.dumps(_plain(entry), ensure_ascii=True) + "\n")


def _plain(entry: AuditEntry) -> dict[str, Any]:
    names = ("number", "id", "actor_number", "actor_name", "action", "subject_type", "subject_id", "network", "details")
    chained = ("previous_hash", "content_hash", "parts")
    return {"at": entry.at.isoformat(), **{name: getattr(entry, name) for name in (*names, *chained)}}


FORMATS = {"csv": (write_csv, "text/csv"), "jsonl": (write_lines, "application/x-ndjson")}
