"""Pages of inviting, of accepting and of asking for access."""

from portal.invitations.views import accepting, asking, deciding, importing, inviting, merging
from portal.invitations.views.blueprint import blueprint

__all__ = ["accepting", "asking", "blueprint", "deciding", "importing", "inviting", "merging"]
