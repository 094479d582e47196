"""To the provider and back."""

from portal.sign_on.views import leaving, linked, returning
from portal.sign_on.views.blueprint import blueprint

__all__ = ["blueprint", "leaving", "linked", "returning"]
