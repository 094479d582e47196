"""The chain over the audit log: whatever is changed or removed is found, what retention takes away is not."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text, update

from portal.audit.models import AuditEntry
from portal.audit.services.chain import Finding, check, forget_part, seal
from portal.audit.services.recording import record
from portal.database import unit_of_work
from portal.extensions import db
from portal.permissions.actor import Actor, system

LINES = 40
SPOIL = ("action", "actor_name", "network", "subject_id", "content_hash", "previous_hash")


@pytest.fixture
def chain(app: Flask) -> list[int]:
    """A sealed chain; gives the ids of its entries in order."""
    with unit_of_work():
        for number in range(LINES):
            record(Actor(name=f"Person {number}"), "member.updated", "member", number, {"name": f"Ä{number}"})
    with unit_of_work():
        seal()
    return list(db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.number)))


def spoil(number: int, entry_id: int) -> str:
    """Remove a line, or change it in one of the ways there are; gives what was done."""
    if number % 2:
        db.session.execute(delete(AuditEntry).where(AuditEntry.id == entry_id))
        return "removed"
    if number % 7 == 0:
        db.session.execute(update(AuditEntry).where(AuditEntry.id == entry_id).values(details={"name": "Anders"}))
    else:
        db.session.execute(
            update(AuditEntry).where(AuditEntry.id == entry_id).values({SPOIL[number % len(SPOIL)]: "x"})
        )
    return "changed"


def test_an_untouched_chain_holds(chain: list[int]) -> None:
    found = check()
    assert (found.sealed, found.waiting, found.finding) == (len(chain), 0, None)


def test_every_change_and_removal_is_found_with_its_line(chain: list[int]) -> None:
    order = random.Random(7)
    for number in range(100):
        place = order.randrange(len(chain))
        with db.session.begin_nested() as spoiled:
            done = spoil(number, chain[place])
            finding = check().finding
            spoiled.rollback()
        assert finding is not None, (number, done)
        assert (finding.number, finding.what) == (place + 1, done)


def test_a_removed_end_is_found(chain: list[int]) -> None:
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == chain[-1]))
    assert check().finding == Finding(len(chain), None, "removed")


def test_an_actor_given_to_somebody_else_is_found(chain: list[int]) -> None:
    db.session.execute(text("UPDATE audit_entry SET actor_id = 1 WHERE id = :id"), {"id": chain[3]})
    assert check().finding == Finding(4, chain[3], "changed")


@pytest.mark.parametrize("part", ["actor", "network", "details"])
def test_what_retention_takes_away_breaks_nothing(chain: list[int], part: str) -> None:
    with unit_of_work():
        forget_part(db.session.get_one(AuditEntry, chain[5]), part)
    assert check().finding is None
    db.session.execute(update(AuditEntry).where(AuditEntry.id == chain[5]).values(actor_name="x", network="x"))
    assert check().finding is not None


def test_record_keeps_a_line_a_line(app: Flask) -> None:
    with unit_of_work():
        entry = record(
            Actor(name="A\r\nB"), "member.updated", "member", 1, {"name": "\x1b[31mrot\u2028", "list": ["\n"]}
        )
    assert (entry.actor_name, entry.details) == ("A  B", {"name": " [31mrot ", "list": [" "]})


def test_writers_and_sealers_at_once_make_one_chain(app: Flask, threads: Callable[..., None]) -> None:
    def work(number: int) -> None:
        for _ in range(5):
            with unit_of_work():
                record(system(), "member.updated", "member", number)
                if number % 2:
                    seal()

    threads(work, 6)
    with unit_of_work():
        seal()
    lines = db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "member.updated"))
    assert (lines, check().waiting, check().finding) == (30, 0, None)


@pytest.fixture
def threads(app: Flask) -> Callable[..., None]:
    """Run a function in several threads, each with a session of its own, and wait for all."""

    def run(work: Callable[[int], None], count: int) -> None:
        def within(number: int) -> None:
            with app.app_context():
                work(number)
                db.session.remove()

        running = [threading.Thread(target=within, args=(number,)) for number in range(count)]
        for one in running:
            one.start()
        for one in running:
            one.join()

    db.session.commit()
    return run
