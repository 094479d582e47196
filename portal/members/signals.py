"""What other rooms may want to know of members, told inside the unit of work."""

from __future__ import annotations

from blinker import Signal

member_disabled = Signal("A member was disabled; sent with ``member_id``. Whoever keeps a way in for them closes it.")
