"""What services raise."""

from portal.errors import Archived, Conflict, Forbidden, Invalid, NotFound, TooMany, Unavailable

__all__ = ["Archived", "Conflict", "Forbidden", "Invalid", "NotFound", "TooMany", "Unavailable"]
