"""File names that are safe to store, to show and to send in a header."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME_BYTES = 180
MAX_EXTENSION = 12
FALLBACK = "file"
FORBIDDEN = re.compile(r'[<>:"|?*/\\;%]')
# Device names of Windows, where the file may be saved (Microsoft, "Naming Files, Paths, and Namespaces").
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(raw: str) -> str:
    """The file name without folders, invisible or reversing characters and reserved words; umlauts stay.

    The extension is kept in lower case. Never empty, never longer than 180 bytes in UTF-8."""
    last = re.split(r"[/\\]", raw)[-1]
    visible = "".join(" " if one.isspace() else one for one in last if one.isspace() or _is_visible(one))
    tidy = re.sub(r"\s+", " ", FORBIDDEN.sub("_", unicodedata.normalize("NFC", visible))).rstrip(" .")
    stem, dot, extension = tidy.rpartition(".")
    if not dot or len(extension) > MAX_EXTENSION:
        stem, extension = tidy, ""
    stem, extension = stem.strip(" ."), extension.strip().lower()
    if RESERVED.fullmatch(stem.split(".")[0].strip()):
        stem = "_" + stem
    ending = f".{extension}" if extension else ""
    return (_shorten(stem, MAX_NAME_BYTES - len(ending.encode())) or FALLBACK) + ending


def extension_of(name: str) -> str:
    """The extension in lower case, without the dot; empty if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def with_extension(name: str, extension: str) -> str:
    """The name with another extension, for a picture that was converted."""
    stem = name.rpartition(".")[0] or name
    return f"{stem}.{extension}"


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in INVISIBLE


def _shorten(text: str, size: int) -> str:
    return text.encode()[: max(size, 0)].decode(errors="ignore").rstrip(" .")
