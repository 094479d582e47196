"""Time zones that are offered. Old names and bare offsets are left out."""

from __future__ import annotations

from zoneinfo import available_timezones

REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
ZONES = tuple(sorted(zone for zone in available_timezones() if zone.startswith(REGIONS)))
