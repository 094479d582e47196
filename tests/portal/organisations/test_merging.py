"""Two organisations that are one: everything follows, in one transaction, as it was shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from plugins.events.models import Participation, Pitch
from plugins.events.services import events, pitches, sections
from plugins.events.services.participations import create_participation
from plugins.initiatives.models import Profile
from plugins.initiatives.services.queries import get_profile
from portal.audit.models import AuditEntry
from portal.database import Base, unit_of_work
from portal.errors import Archived, Conflict, Forbidden, Invalid, NotFound
from portal.extensions import db
from portal.invitations.models import AccessRequest, Invitation
from portal.invitations.services.inviting import Guest, create_invitation
from portal.organisations.models import Membership, Organisation
from portal.organisations.services.archiving import archive_organisation
from portal.organisations.services.creating import OrganisationData, update_organisation
from portal.organisations.services.memberships import set_membership
from portal.organisations.services.merging import merge_organisations, preview_merge
from portal.permissions.actor import system
from portal.plugin_host.host import PluginHost
from portal.revisions.models import Revision
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import make_profile

LogIn = Callable[..., PortalClient]
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def rich(network: Network) -> int:
    """Nordwerk with a row of every kind that can name it; its number."""
    with unit_of_work():
        place, member = network.organisation("nordwerk").id, network.member("member").id
        set_membership(system(), member, place, "editor")  # a representative of Südwerk
        create_invitation(network.actor("editor"), Guest("Neu", "neu@netz.example", place), "", "de")
        asked = {"name": "Fragt", "email": "fragt@netz.example", "token_hash": "h", "expires_at": datetime.now(UTC)}
        db.session.add(AccessRequest(organisation_id=place, **asked))
        event = events.create_event(
            system(), {"title": "E", "starts_at": datetime.now(UTC), "audience_choice": "public"}
        )
        part = sections.create_section(system(), event.id, {"title": "S", "audience_choice": "inherit"})
        pitches.create_pitch(system(), part.id, {"title": "P", "organisation_id": place})
        who = {"person": "editor@netz.example", "organisation_id": place, "role": "speaker"}
        create_participation(system(), event.id, who)
    make_profile("nordwerk", claim="Boote")
    return place


def merge(kept: str = "suedwerk", gone: str = "nordwerk") -> None:
    with unit_of_work():
        stamp = preview_merge(system(), kept, gone).stamp
        merge_organisations(system(), kept, gone, stamp)


def naming(place: int) -> set[str]:
    """The tables with a row that names this organisation."""
    tables = [table for base in (Base, Pitch, Profile) for table in base.metadata.tables.values()]
    keys = [(table, key) for table in tables for key in table.foreign_keys if key.target_fullname == "organisation.id"]
    return {t.name for t, key in keys if db.session.scalar(select(key.parent).where(key.parent == place).limit(1))}


def test_every_row_follows(network: Network, rich: int) -> None:
    kept = network.organisation("suedwerk").id
    concerned = naming(rich)
    assert {"membership", "invitation", "access_request", "events_pitch", "initiatives_profile"} <= concerned
    merge()
    assert naming(rich) == set() and concerned <= naming(kept)
    assert db.session.scalars(select(Participation.organisation_id)).all() == [kept]
    assert db.session.get(Organisation, rich) is None


def test_every_table_that_names_an_organisation_is_known() -> None:
    """Another table has to take part: a plugin's by the hook, one of the core by the signal."""
    keys = [(t.name, key) for t in Base.metadata.tables.values() for key in t.foreign_keys]
    found = {name for name, key in keys if key.target_fullname == "organisation.id"}
    core = {"membership", "invitation", "access_request", "organisation_former_slug"}
    assert {one for one in found if not one.startswith(("events_", "initiatives_"))} == core


def test_who_edits_either_edits_the_one_that_stays(network: Network, rich: int) -> None:
    merge()
    place = network.organisation("suedwerk").id
    roles = {
        who: db.session.get_one(Membership, (network.member(who).id, place)).role
        for who in ("member", "editor", "participant")
    }
    assert roles == {"member": "editor", "editor": "editor", "participant": "representative"}


def test_old_addresses_lead_to_the_one_that_stays(login: LogIn, rich: int) -> None:
    with unit_of_work():
        renamed = update_organisation(system(), "nordwerk", OrganisationData("Kieler Werft", town="Kiel"), 1).slug
    merge(gone=renamed)
    client = login("member")
    for old in ("nordwerk", renamed):
        assert client.get(f"/organisations/{old}").location == "/organisations/suedwerk"
        assert client.get(f"/initiatives/{old}").location == "/initiatives/suedwerk"


def test_a_profile_moves_with_its_versions_and_readers(network: Network, rich: int) -> None:
    merge()
    profile = get_profile(network.actor("other"), "suedwerk")
    assert profile.claim == "Boote" and f"organisation:{rich}:editor" not in profile.audience
    assert db.session.query(Revision).filter_by(subject_id=profile.id, subject_type="initiatives.profile").count() == 1


def test_where_both_have_a_profile_no_text_is_lost(network: Network, rich: int) -> None:
    make_profile("suedwerk", claim="Berge")
    merge()
    profile = get_profile(system(), "suedwerk")
    rows = db.session.query(Revision).filter_by(subject_id=profile.id, subject_type="initiatives.profile")
    claims = [one.data["claim"] for one in rows.order_by(Revision.number)]
    assert (profile.claim, claims, profile.revision) == ("Berge", ["Berge", "Boote", "Berge"], 3)


def test_earlier_versions_name_the_one_that_stays(network: Network, rich: int) -> None:
    merge()
    kept = network.organisation("suedwerk").id
    rows = db.session.query(Revision).filter_by(subject_type="events.pitch")
    assert {one.data["organisation_id"] for one in rows} == {kept}


def test_a_preview_says_what_moves_and_changes_nothing(network: Network, rich: int) -> None:
    before = naming(rich)
    with unit_of_work():
        preview = preview_merge(system(), "suedwerk", "nordwerk")
    assert len(preview.people) == 4 and len(preview.moved) == 6
    assert naming(rich) == before and network.organisation("nordwerk").version == 1


def test_it_is_audited_with_before_and_after(login: LogIn, rich: int) -> None:
    merge()
    entry = db.session.query(AuditEntry).filter_by(action="organisation.merged").one()
    assert entry.details["before"]["name"] == "Nordwerk e. V." and entry.details["after"]["slug"] == "suedwerk"
    text = login("admin").get("/admin/audit?action=organisation.merged", headers=ENGLISH).text
    assert "merged another organisation into Südwerk" in text and "Name: Nordwerk e. V." in text


def change_name(network: Network) -> None:
    update_organisation(system(), "nordwerk", OrganisationData("Nordwerk e. V.", town="Plön"), 1)


def add_editor(network: Network) -> None:
    set_membership(system(), network.member("participant").id, network.organisation("nordwerk").id, "editor")


@pytest.mark.parametrize("change", [change_name, add_editor])
def test_what_changed_since_the_preview_is_a_conflict(
    login: LogIn, network: Network, rich: int, change: Callable[[Network], None]
) -> None:
    admin, path = login("admin"), "/admin/organisations/nordwerk/merge"
    stamp = re.search(r'name="stamp" value="(\w+)"', admin.post(path, data={"kept": "suedwerk"}).text)
    assert stamp is not None
    with unit_of_work():
        change(network)
    data = {"kept": "suedwerk", "stamp": stamp.group(1)}
    answer = admin.post(f"{path}/confirmed", data=data, headers=ENGLISH)
    assert (answer.status_code, "Somebody changed one of the two" in answer.text) == (409, True)
    assert naming(rich) and stamp.group(1) not in answer.text


def test_the_pages_merge(login: LogIn, rich: int) -> None:
    office, path = login("editorial"), "/admin/organisations/nordwerk/merge"
    assert "Südwerk" in office.get(path).text
    preview = office.post(path, data={"kept": "suedwerk"}, headers=ENGLISH).text
    assert "Ines Initiative (editor)" in preview and "1 pitch moves." in preview
    stamp = re.findall(r'name="stamp" value="(\w+)"', preview)[0]
    answer = office.post(f"{path}/confirmed", data={"kept": "suedwerk", "stamp": stamp})
    assert answer.location == "/organisations/suedwerk"


def test_who_may_not_manage_organisations_merges_none(network: Network, rich: int) -> None:
    for who in ("editor", "member"):
        with pytest.raises(Forbidden), unit_of_work():
            preview_merge(network.actor(who), "suedwerk", "nordwerk")


@pytest.mark.parametrize(("kept", "error"), [("nordwerk", Invalid), ("nirgends", NotFound), ("", NotFound)])
def test_nonsense_is_refused(rich: int, kept: str, error: type[Exception]) -> None:
    with pytest.raises(error), unit_of_work():
        preview_merge(system(), kept, "nordwerk")


def test_an_archived_one_takes_nothing_over_but_can_go(network: Network, rich: int) -> None:
    with unit_of_work():
        archive_organisation(system(), "nordwerk", 1)
        with pytest.raises(Archived):
            preview_merge(system(), "nordwerk", "suedwerk")
    merge()
    assert naming(rich) == set()


def test_a_plugin_that_is_off_stops_it(rich: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PluginHost, "is_effective", lambda self, plugin: False)
    with pytest.raises(Conflict), unit_of_work():
        preview_merge(system(), "suedwerk", "nordwerk")
    assert naming(rich)


def test_invitations_of_the_one_that_goes_still_serve(network: Network, rich: int) -> None:
    merge()
    open_one = db.session.query(Invitation).one()
    assert (open_one.organisation_id, open_one.withdrawn_at) == (network.organisation("suedwerk").id, None)
