"""Organisations as people are found by them. That room builds on this one, so its tables are named, not imported."""

from __future__ import annotations

from sqlalchemy import DateTime, Integer, String, column, table

membership = table("membership", column("member_id", Integer), column("organisation_id", Integer))
organisation = table(
    "organisation",
    column("id", Integer),
    column("name", String),
    column("short_name", String),
    column("sort_name", String),
    column("land", String),
    column("archived_at", DateTime),
)
