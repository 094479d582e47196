"""What a plugin may declare that admins set."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "long_text", "number", "switch", "choice", "secret"]
EMPTY: dict[str, Any] = {"text": "", "long_text": "", "number": 0, "switch": False, "choice": "", "secret": ""}
TYPES: dict[str, type] = {"number": int, "switch": bool}
MAX_LENGTH = {"text": 300, "secret": 1_000, "long_text": 10_000}
WORDS_OF_YES, WORDS_OF_NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off", "")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,58}")


@dataclass(frozen=True)
class Setting:
    """One thing that admins may set.

    ``key``: small letters, digits and underscores. ``choices``: pairs of value and label, for kind "choice".
    ``least`` and ``most`` bound a number. ``check(value)`` may raise ValueError with a sentence for the admin.
    A "secret" is kept encrypted and never shown again."""

    key: str
    label: Any
    kind: Kind = "text"
    default: Any = None
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    least: int | None = None
    most: int | None = None
    check: Callable[[Any], None] | None = None

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"a setting's key must be small letters, digits and underscores, not {self.key!r}")
        if self.default is None:
            object.__setattr__(self, "default", self.choices[0][0] if self.choices else EMPTY[self.kind])
        if self.kind != "secret":
            self.validate(self.default)

    def validate(self, value: Any) -> Any:
        """The value, if it is one that may be set. Raises ValueError with what is wrong, TypeError for another type."""
        wanted = TYPES.get(self.kind, str)
        if type(value) is not wanted:
            raise TypeError(f"{self.key} must be {wanted.__name__}, not {type(value).__name__}")
        if self.kind == "choice" and value not in {one for one, _label in self.choices}:
            raise ValueError(f"{self.key} must be one of " + ", ".join(one for one, _label in self.choices))
        if self.kind == "number":
            self._check_bounds(value)
        elif self.kind in MAX_LENGTH and len(value) > MAX_LENGTH[self.kind]:
            raise ValueError(f"{self.key} is longer than {MAX_LENGTH[self.kind]} characters")
        if self.check is not None:
            self.check(value)
        return value

    def _check_bounds(self, value: int) -> None:
        if self.least is not None and value < self.least or self.most is not None and value > self.most:
            bounds = [f"at least {self.least}"] if self.least is not None else []
            bounds += [f"at most {self.most}"] if self.most is not None else []
            raise ValueError(f"{self.key} must be " + " and ".join(bounds))

    def read(self, text: str) -> Any:
        """The value that a text stands for, as in an environment variable. Raises ValueError."""
        if self.kind == "number":
            return self.validate(int(text.strip()))
        if self.kind == "switch":
            word = text.strip().lower()
            if word not in (*WORDS_OF_YES, *WORDS_OF_NO):
                raise ValueError(f"{self.key} must be true or false")
            return word in WORDS_OF_YES
        return self.validate(text)
