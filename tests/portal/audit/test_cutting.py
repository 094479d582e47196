"""The oldest lines are cut off; what is left can still be checked, and more can't be cut off unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, update

from portal.audit.models import AuditEntry, AuditHead
from portal.audit.services import chain, cutting
from portal.audit.services.recording import record
from portal.database import unit_of_work, utcnow
from portal.extensions import db
from portal.permissions.actor import system

OLD = utcnow() - timedelta(days=2000)


@pytest.fixture
def written(app: Flask) -> None:
    """Six lines, four of them old, one of the young ones between them."""
    with unit_of_work():
        db.session.execute(delete(AuditEntry))
        for number, at in enumerate([OLD, OLD, OLD, utcnow(), OLD, utcnow()]):
            record(system(), "organisation.created", "organisation", number).at = at
    with unit_of_work():
        chain.seal()


def cut(most: int = 100) -> int:
    with unit_of_work():
        return cutting.cut(utcnow() - timedelta(days=1000), most)


def left() -> list[str]:
    return [entry.subject_id for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]


@pytest.mark.usefixtures("written")
def test_the_old_beginning_goes_and_the_chain_holds() -> None:
    assert cut() == 3
    found = chain.check()
    assert (found.finding, found.cut, found.sealed) == (None, 3, 7)
    assert left() == ["3", "4", "5", ""]
    assert cut() == 0


@pytest.mark.usefixtures("written")
def test_it_goes_in_batches_too() -> None:
    assert [cut(2), cut(2), cut(2)] == [2, 1, 0]
    assert chain.check().finding is None


@pytest.mark.usefixtures("written")
def test_a_line_removed_at_the_beginning_is_found_after_a_cut() -> None:
    cut()
    with unit_of_work():
        db.session.execute(delete(AuditEntry).where(AuditEntry.number == 4))
    finding = chain.check().finding
    assert finding is not None and (finding.number, finding.what) == (4, "removed")


@pytest.mark.usefixtures("written")
def test_moving_the_beginning_is_found() -> None:
    cut()
    with unit_of_work():
        edge = db.session.query(AuditEntry).filter_by(number=5).one()
        forged = {"cut_number": 5, "cut_hash": chain.hash_after(edge)}
        db.session.execute(update(AuditHead).values(**forged))
        db.session.execute(delete(AuditEntry).where(AuditEntry.number <= 5))
    assert chain.check().finding is not None


@pytest.mark.usefixtures("written")
def test_changing_the_line_about_the_cut_is_found() -> None:
    cut()
    with unit_of_work():
        said = db.session.query(AuditEntry).filter_by(action=chain.CUT).one()
        said.details = {**said.details, "lines": 1}
    assert chain.check().finding is not None


def test_everything_may_be_old(app: Flask) -> None:
    with unit_of_work():
        db.session.execute(delete(AuditEntry))
        record(system(), "organisation.created").at = OLD
    assert cut() == 1
    assert [entry.action for entry in db.session.query(AuditEntry)] == [chain.CUT]
    assert chain.check().finding is None
