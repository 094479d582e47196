"""Why somebody who comes from the provider is not let in."""

from __future__ import annotations

from typing import Literal

from portal.errors import Forbidden, Unavailable

Reason = Literal["stale", "denied", "invalid", "unverified", "stranger", "disabled", "own_means", "taken", "old_proof"]


class Refused(Forbidden):
    """The sign-on lets nobody in; ``reason`` chooses the page that says so. ``member_id``: whom it would have been."""

    def __init__(self, reason: Reason, member_id: int | None = None) -> None:
        super().__init__("The sign-on was not accepted.")
        self.reason, self.member_id = reason, member_id


class ProviderAway(Unavailable):
    """The provider does not answer, or not as it should; everything else goes on without it."""

    def __init__(self) -> None:
        super().__init__("The single sign-on does not answer at the moment. Please try again shortly.")
