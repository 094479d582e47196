"""What other rooms may want to know of memberships, told inside the unit of work."""

from __future__ import annotations

from blinker import Signal

editor_ended = Signal(
    "Somebody is no longer an editor of an organisation; sent with ``member_id`` and ``organisation_id``."
)
