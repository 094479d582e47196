"""Why an upload is refused, in the words that the user reads."""

from __future__ import annotations

from portal.errors import Invalid
from portal.files.kinds import FILE_TYPES

FIELD = "file"


def unknown_kind() -> Invalid:
    """The extension is not on the list."""
    kinds = ", ".join(one.extension.upper() for one in FILE_TYPES)
    return Invalid("Files of this kind are not accepted. Accepted are: %(kinds)s.", FIELD, kinds=kinds)


def damaged() -> Invalid:
    """The content isn't what the extension says."""
    return Invalid("The content of the file does not match its extension, or the file is damaged.", FIELD)


def active() -> Invalid:
    """The file would run or load something when opened."""
    return Invalid("Files with macros or other active content are not accepted. Please save a copy without.", FIELD)


def empty() -> Invalid:
    """The file has no content."""
    return Invalid("The file is empty.", FIELD)


def too_large(megabytes: int) -> Invalid:
    """The file has more than ``megabytes``."""
    return Invalid("The file is too large: at most %(limit)s MB are accepted.", FIELD, limit=megabytes)


def too_large_unpacked() -> Invalid:
    """An archive that would blow up."""
    return Invalid("The file would become too large when unpacked.", FIELD)


def too_many_pixels(megapixels: int) -> Invalid:
    """The picture has more than ``megapixels``."""
    return Invalid("The picture is too large: at most %(limit)s megapixels are accepted.", FIELD, limit=megapixels)


def moving() -> Invalid:
    """An animation, which can't be paused (WCAG 2.2, criterion 2.2.2) and multiplies the work of decoding."""
    return Invalid("Moving pictures are not accepted. Please upload a still picture.", FIELD)


def not_a_picture() -> Invalid:
    """A document where a photo was asked for."""
    return Invalid("Only pictures can be added here.", FIELD)
