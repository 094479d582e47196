"""Members, organisations and topics: what plugins share."""

from portal.members.models import Member
from portal.members.naming import fold
from portal.members.services.creating import create_person
from portal.members.services.queries import can_see_address
from portal.organisations.kinds import TITLES as KIND_TITLES
from portal.organisations.models import KINDS, FormerSlug, Membership, Organisation
from portal.organisations.services.creating import check_open
from portal.topics.laender import LAENDER
from portal.topics.models import Topic

__all__ = [
    "KINDS",
    "KIND_TITLES",
    "LAENDER",
    "FormerSlug",
    "Member",
    "Membership",
    "Organisation",
    "Topic",
    "can_see_address",
    "check_open",
    "create_person",
    "fold",
]
