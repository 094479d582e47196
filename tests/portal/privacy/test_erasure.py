"""Being forgotten: asked for, thought over, done."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import text, update

from plugins.events.models import Event, Participation
from portal.audit.models import AuditEntry
from portal.audit.services.chain import check, seal
from portal.audit.services.recording import record
from portal.database import unit_of_work, utcnow
from portal.errors import Invalid
from portal.extensions import db
from portal.files.models import Attachment
from portal.files.store import current_storage
from portal.mail.services.outbox import create_mail
from portal.members.models import Member
from portal.permissions.actor import system
from portal.privacy.services.erasing import NOBODY, erase_due, erase_member
from portal.topics.models import Topic
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network, address

LogIn = Callable[..., PortalClient]
CANARY = "Xanthippe Quastenflosser"
CANARIES = ("xanthippe", "quastenflosser", "0711-4242-77", "flossentext", "member@netz.example", "xf-tester")


def picture() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (60, 90), "navy").save(stream, "JPEG")
    stream.seek(0)
    return stream


def live(client: PortalClient) -> int:
    """A member with traces everywhere; gives their number."""
    client.post("/me/photo", data={"photo": (picture(), "xanthippe.jpg")})
    with unit_of_work():
        one = Network().member("member")
        one.name, one.function, one.phone, one.about = CANARY, "XF-Tester", "0711-4242-77", "Flossentext"
        one.topics = [Topic(slug="x", title="X")]
        record(Network().actor("admin"), "member.updated", "member", one.id, {"name": CANARY})
        record(Network().actor("admin"), "events.event_saved", "events.event", 1, {"who": CANARY})
        trace = {"name": f"{CANARY} – Netzwerktreffen", "fields": ["speaker"]}
        record(Network().actor("admin"), "events.participation_created", "events.participation", 1, trace)
        create_mail(address("member"), f"Hallo {CANARY}", "Text")
        return one.id


def dump() -> Iterator[str]:
    """Every value of every table, in small letters."""
    for table in db.inspect(db.engine).get_table_names():
        for row in db.session.execute(text(f'SELECT * FROM "{table}"')):
            yield f"{table}: {tuple(row)}".lower().encode().decode("unicode_escape", "ignore")


def test_nothing_personal_is_left_after_erasure(login: LogIn) -> None:
    client, others = login("member"), {one.key for one in current_storage().list_files()}
    client.post("/me/data/export")
    number = live(client)
    assert {one.key for one in current_storage().list_files()} > others
    with unit_of_work():
        seal()
        erase_member(system(), number)
    assert [line for line in dump() if any(word in line for word in CANARIES)] == []
    assert {one.key for one in current_storage().list_files()} == others
    assert client.get("/me").location.startswith("/login")


def test_the_chain_of_the_audit_holds_after_erasure(login: LogIn) -> None:
    number = live(login("member"))
    with unit_of_work():
        seal()
        erase_member(system(), number)
        seal()
    assert check().finding is None


@pytest.mark.parametrize("name", ["name", "e", "Petra Colonius", "Alte Gießerei"])
def test_nobody_wipes_the_log_by_taking_a_name(network: Network, name: str) -> None:
    with unit_of_work():
        one = network.member("member")
        db.session.add(Member(name="Petra Colonius", sort_name="colonius petra"))
        one.name = name
        record(network.actor("admin"), "organisation.created", "organisation", 1, {"name": "Alte Gießerei"})
        record(network.actor("admin"), "membership.set", "organisation", 1, {"who": "Petra Colonius"})
        erase_member(system(), one.id)
    kept = db.session.query(AuditEntry).filter_by(subject_type="organisation").order_by(AuditEntry.id)
    assert [entry.details for entry in kept][-2:] == [{"name": "Alte Gießerei"}, {"who": "Petra Colonius"}]


def test_contributions_stay_under_the_name_of_nobody(login: LogIn) -> None:
    number = live(login("member"))
    with unit_of_work():
        event = Event(slug="e", title="E", state="published", audience=["member"], starts_at=utcnow())
        db.session.add(event)
        db.session.flush()
        db.session.add(Participation(event_id=event.id, member_id=number, consent_listed_at=utcnow()))
    with unit_of_work():
        erase_member(system(), number)
    one = db.session.query(Participation).one()
    assert (one.member.name, one.member.state, one.is_listed) == (NOBODY, "disabled", False)
    assert login("editorial").get("/members/?q=ehemaliges").text.count("list-row-main") == 0


def test_the_last_admin_stays(network: Network) -> None:
    with pytest.raises(Invalid), unit_of_work():
        erase_member(system(), network.member("admin").id)
    assert network.member("admin").state == "active"


@pytest.mark.parametrize(("typed", "status"), [("member@netz.example", 302), ("editor@netz.example", 422)])
def test_erasure_needs_ones_own_address(login: LogIn, network: Network, typed: str, status: int) -> None:
    assert login("member").post("/me/data/erasure", data={"address": typed}).status_code == status
    assert (network.member("member").erase_at is not None) is (status == 302)


@pytest.mark.parametrize(("passed", "cancelled", "erased"), [(15, False, True), (13, False, False), (15, True, False)])
def test_erasure_waits_and_can_be_cancelled(login: LogIn, passed: int, cancelled: bool, erased: bool) -> None:
    client = login("member")
    client.post("/me/data/erasure", data={"address": address("member")})
    number = Network().member("member").id
    if cancelled:
        client.post("/me/data/erasure/cancel")
    with unit_of_work():
        one = db.session.get_one(Member, number)
        moved = {"erase_at": one.erase_at - timedelta(days=passed)} if one.erase_at else {"erase_at": None}
        db.session.execute(update(Member).where(Member.id == number).values(**moved))
    with unit_of_work():
        erase_due()
    assert (db.session.get_one(Member, number, populate_existing=True).erased_at is not None) is erased


def test_an_erased_photo_is_not_in_the_database(login: LogIn) -> None:
    number = live(login("member"))
    assert db.session.query(Attachment).count() == 1
    with unit_of_work():
        erase_member(system(), number)
    assert db.session.query(Attachment).count() == 0
