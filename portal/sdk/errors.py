"""What services raise."""

from portal.errors import Conflict, Forbidden, Invalid, NotFound, TooMany, Unavailable

__all__ = ["Conflict", "Forbidden", "Invalid", "NotFound", "TooMany", "Unavailable"]
