"""What other rooms may want to know of accounts, told inside the unit of work."""

from __future__ import annotations

from blinker import Signal

owner_told = Signal(
    "The owner of an account was written what happened to its protection; sent with ``member_id`` and ``event``."
)
