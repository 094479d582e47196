"""What other rooms may want to know of memberships, told inside the unit of work."""

from __future__ import annotations

from blinker import Signal

membership_changed = Signal(
    "Somebody belongs to an organisation, as what or no longer; sent with ``member``, who did it, ``member_id``, "
    '``organisation_id``, and ``role`` and ``before``, each representative, editor or "" for none.'
)
organisation_archived = Signal("An organisation was archived; sent with ``organisation_id``.")
organisations_merged = Signal(
    "An organisation becomes part of another one; sent with ``kept_id`` and ``gone_id`` before the latter is deleted. "
    "Who listens moves rows and says what moved, a list of sentences."
)
editor_ended = Signal(
    "Somebody is no longer an editor of an organisation; sent with ``member_id`` and ``organisation_id``."
)
