"""What the choices of the editorial office mean: the principals behind them."""

from __future__ import annotations

from plugins.events.permissions import EDIT

TEAM = f"permission:{EDIT}"
_WIDTH = {"public": 3, "member": 2, "participants": 1, "team": 0}


def participant_principal(event_id: int) -> str:
    """What those carry who took part in the event."""
    return f"events:{event_id}:participant"


def principals_of(event_id: int, choice: str) -> list[str]:
    """The principals behind a choice of :data:`plugins.events.models.AUDIENCES`."""
    return {
        "public": ["public"],
        "member": ["member"],
        "participants": [participant_principal(event_id), TEAM],
        "team": [TEAM],
    }[choice]


def choice_of_section(event_choice: str, section_choice: str) -> str:
    """The choice in force for a section: never wider than the event's page, and internal unless said otherwise."""
    wanted = "member" if section_choice == "inherit" else section_choice
    return min(event_choice, wanted, key=_WIDTH.__getitem__)
