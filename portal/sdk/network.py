"""Members, organisations and topics: what plugins share."""

from portal.members.models import Member
from portal.members.services.creating import create_person
from portal.members.services.queries import can_see_address
from portal.organisations.laender import LAENDER
from portal.organisations.models import KINDS, Membership, Organisation
from portal.topics.models import Topic

__all__ = ["KINDS", "LAENDER", "Member", "Membership", "Organisation", "Topic", "can_see_address", "create_person"]
