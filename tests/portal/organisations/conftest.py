from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal.database import unit_of_work
from portal.errors import PortalError
from portal.extensions import db


@pytest.fixture
def race(app: Flask) -> Callable[..., list[str]]:
    """Do several things at once, each in a unit of work and a connection of its own; gives what each came to."""
    db.session.remove()

    def run(*deeds: Callable[[], object]) -> list[str]:
        start, outcomes = Barrier(len(deeds)), [""] * len(deeds)

        def within(number: int) -> None:
            with app.app_context():
                try:
                    start.wait()
                    with unit_of_work():
                        deeds[number]()
                    outcomes[number] = "done"
                except (PortalError, OperationalError) as refusal:
                    outcomes[number] = type(refusal).__name__
                finally:
                    db.session.remove()

        running = [Thread(target=within, args=(number,)) for number in range(len(deeds))]
        for one in running:
            one.start()
        for one in running:
            one.join(20)
        return sorted(outcomes)

    return run
