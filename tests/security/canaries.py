"""What could leak, and who may read it. Each is a word that stands nowhere else."""

from __future__ import annotations

ROLES = ("anonymous", "member", "participant", "editor", "other", "editorial", "admin", "disabled")
INSIDE = frozenset(ROLES) - {"anonymous", "disabled"}
OFFICE = frozenset({"editorial", "admin"})
THERE = OFFICE | {"participant"}

DRAFT = "Quastenflosser"
INTERNAL = "Kakapohenne"
MEMBER_PART = "Axolotlbecken"
PARTICIPANTS_PART = "Pangolinpfad"
TEAM_PART = "Okapiwald"
INNER_EVENT = "Narwalbucht"
INNER_FILE = "Tapirnacht"
OLD_TEXT = "Wombatweg"
CONSENT = "Fossawache"
DRAFT_PROFILE = "Numbatnest"
INNER_PROFILE = "Erdferkelbund"
OLD_PROFILE = "Dugongdeich"
INNER_PHONE = "+49 431 7700881"
OWN_STREET = "Saolagasse"

# word → the roles that may meet it anywhere
READERS: dict[str, frozenset[str]] = {
    DRAFT: OFFICE,
    INTERNAL: INSIDE,
    MEMBER_PART: INSIDE,
    PARTICIPANTS_PART: THERE,
    TEAM_PART: OFFICE,
    INNER_EVENT: THERE,
    INNER_FILE: THERE,
    OLD_TEXT: OFFICE,
    CONSENT: OFFICE,
    DRAFT_PROFILE: OFFICE | {"editor"},
    INNER_PROFILE: INSIDE,
    OLD_PROFILE: OFFICE | {"editor"},
    INNER_PHONE: INSIDE,
    OWN_STREET: OFFICE | {"editor"},
    "disabled@netz.example": OFFICE,
    "Dora Gesperrt": OFFICE,
    "participant@netz.example": THERE,
    "argon2": frozenset(),
    "t" * 40: frozenset(),
}


def leaks(role: str, text: str, address: str) -> list[str]:
    """The words in ``text`` that somebody of this role must not meet; an address they typed may be repeated to them."""
    hidden = [word for word, readers in READERS.items() if role not in readers]
    folded = text.lower()
    return [word for word in hidden if (word in text if word.lower() in address else word.lower() in folded)]
