"""`portal`, but nobody is sent away for asking too often: one member here asks like a hundred.

The limits are still counted, so they cost what they cost everybody."""

from __future__ import annotations

from portal.cli import main
from portal.web.access import LIMITS

LIMITS.update(dict.fromkeys(LIMITS, "100000000 per minute"))

if __name__ == "__main__":
    main()
