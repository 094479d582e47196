"""What states, kinds and audiences are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.sdk.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Kind:
    """What a kind of section is called, and its symbol."""

    title: Any
    icon: str


KINDS: dict[str, Kind] = {
    "opening": Kind(_l("Opening"), icon="door-open"),
    "keynote": Kind(_l("Keynote"), icon="mic"),
    "exercise": Kind(_l("Exercise"), icon="puzzle"),
    "speed_dating": Kind(_l("Speed dating"), icon="chat-dots"),
    "lab": Kind(_l("Lab"), icon="lightbulb"),
    "panel": Kind(_l("Panel"), icon="people"),
    "closing": Kind(_l("Closing"), icon="flag"),
    "break": Kind(_l("Break"), icon="cup-hot"),
    "other": Kind(_l("Other part"), icon="calendar-event"),
}
RESULT_TITLES: dict[str, Any] = {
    "measure": _l("Measure"),
    "finding": _l("Finding"),
    "open_question": _l("Open question"),
    "insight": _l("Insight"),
    "summary": _l("Ambassador's summary"),
}
RESULT_GROUPS: dict[str, Any] = {
    "measure": _l("Measures"),
    "finding": _l("Findings"),
    "open_question": _l("Open questions"),
}
ROLE_TITLES: dict[str, Any] = {
    "participant": _l("Participant"),
    "speaker": _l("Speaker"),
    "moderator": _l("Moderation"),
    "ambassador": _l("Ambassador"),
    "host": _l("Host"),
}
LANGUAGE_TITLES: dict[str, Any] = {"de": _l("German"), "en": _l("English")}
AUDIENCE_TITLES: dict[str, Any] = {
    "public": _l("Everybody"),
    "member": _l("Members"),
    "participants": _l("Participants"),
    "team": _l("Editorial office"),
}
AUDIENCE_CHOICES: list[tuple[str, Any]] = [
    ("public", _l("Everybody, also without logging in")),
    ("member", _l("All members")),
    ("participants", _l("Only who took part, and the editorial office")),
    ("team", _l("Only the editorial office")),
]
SECTION_AUDIENCE_CHOICES: list[tuple[str, Any]] = [
    ("inherit", _l("As the event: its internal part, for members")),
    *AUDIENCE_CHOICES,
]
