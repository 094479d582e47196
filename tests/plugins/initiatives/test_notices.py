"""Editors learn what others do to the profile of their initiative."""

from __future__ import annotations

from plugins.initiatives.models import Profile
from portal.database import unit_of_work
from portal.notices.services.queries import list_notices
from portal.organisations.services.memberships import set_membership
from portal.permissions.actor import system
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import save


def test_the_other_editors_are_told_while_they_are_editors(nordwerk: Profile, network: Network) -> None:
    save(network.actor("editor"), nordwerk, claim="Boote")
    save(network.actor("editor"), nordwerk, claim="Schiffe")
    (told,) = list_notices(network.actor("coeditor")).items
    assert told.params["who"] == "Ines Initiative" and list_notices(network.actor("editor")).items == []
    with unit_of_work():
        set_membership(system(), network.member("coeditor").id, nordwerk.organisation_id, "representative")
    assert list_notices(network.actor("coeditor")).items == []
