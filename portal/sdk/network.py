"""Members, organisations and topics: what plugins share."""

from portal.members.models import Member
from portal.organisations.laender import LAENDER
from portal.organisations.models import KINDS, Membership, Organisation
from portal.topics.models import Topic

__all__ = ["KINDS", "LAENDER", "Member", "Membership", "Organisation", "Topic"]
