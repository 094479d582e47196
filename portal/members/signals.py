"""What other rooms may want to know of members, told inside the unit of work."""

from __future__ import annotations

from blinker import Signal

address_changed = Signal(
    "The address of a person changed; sent with ``member_id``. What was mailed to the old one is void."
)
address_given = Signal(
    "Somebody else gave a person another address; sent with ``member_id`` and ``before``, the one they had."
)
member_disabled = Signal("A member was disabled; sent with ``member_id``. Whoever keeps a way in for them closes it.")
roles_changed = Signal(
    "Somebody's roles changed; sent with ``member``, who did it, ``target_id`` and ``names``, the roles they now have."
)
member_enabled = Signal("A disabled member was enabled; sent with ``member_id``. Without a password they are a person.")
members_merged = Signal(
    "Somebody becomes part of another person; sent with ``member``, who does it, ``kept_id`` and ``gone_id`` before "
    "the latter is deleted."
)
