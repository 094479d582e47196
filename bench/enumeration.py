"""How well answers' times tell known addresses from unknown ones: `python -m bench.enumeration`.

A classifier that knows nothing but the time of one answer is right about a pair (one of each) as often as the area
under its curve says: 0.5 is a coin. Both are asked in turn, so that what else the machine does hits both alike."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from portal.application import create_app
from portal.config import load_settings
from portal.database import unit_of_work
from portal.extensions import db, limiter
from portal.login.models import LoginThrottle
from portal.login.services.passwords import hash_password
from portal.login.services.sessions import open_session
from portal.members.models import Member
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.upgrading import upgrade_all

SAMPLES, WARM = 300, 20
PASSWORD = "richtig-pferd-batterie"
WISH = {"name": "Frieda Fragt", "organisation": "0", "organisation_name": "Neuwerk"}
Ask = Callable[[FlaskClient, str], Any]
DOORS: dict[str, tuple[Ask, int]] = {
    "log in": (lambda client, email: client.post("/login", data={"email": email, "password": "falsch-und-lang"}), 401),
    "reset": (lambda client, email: client.post("/login/reset", data={"email": email}), 200),
    "ask for access": (lambda client, email: client.post("/login/request", data={**WISH, "email": email}), 200),
    "change of address": (
        lambda client, email: client.post("/me/address", data={"email": email, "password": PASSWORD}),
        302,
    ),
}
STATES = ("active", "disabled", "invited")


def fill() -> str:
    """Members in each state, each asked for once; gives the token of who changes their own address."""
    with unit_of_work():
        stored = hash_password(PASSWORD)
        for number in range(WARM + SAMPLES):
            state = STATES[number % len(STATES)]
            shared = {"state": state, "password_hash": "" if state == "invited" else stored}
            db.session.add(Member(name="Bekannt", sort_name="bekannt", email=f"p{number}@bench.example", **shared))
        me = Member(name="Ich", sort_name="ich", email="ich@bench.example", state="active", password_hash=stored)
        db.session.add(me)
        db.session.flush()
        return open_session(me.id, "Bench", "127.0.0.1", remembered=True)


def measure(app: Flask, token: str, ask: Ask, expected: int) -> tuple[list[float], list[float]]:
    """Milliseconds of answers about known and about unknown addresses, each asked about once, in random turns."""
    known, unknown = [], []
    chance = random.Random(7)
    for number in range(WARM + SAMPLES):
        turns = [(known, f"p{number}@bench.example"), (unknown, f"q{number}@bench.example")]
        chance.shuffle(turns)
        for times, email in turns:
            times.append(_time(app, token, lambda client, email=email: ask(client, email), expected))
    return known[WARM:], unknown[WARM:]


def _time(app: Flask, token: str, ask: Callable[[FlaskClient], Any], expected: int) -> float:
    """As one request of a browser: none of the many before it counts as a try."""
    with app.app_context(), unit_of_work():
        db.session.execute(update(LoginThrottle).values(tries=0))
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    begin = time.perf_counter()
    answer = ask(client)
    taken = (time.perf_counter() - begin) * 1000
    assert answer.status_code == expected, answer.status
    return taken


def area(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How often a value of the one is above one of the other (Mann and Whitney); the better of both directions."""
    above = sum((one > other) + (one == other) / 2 for one in positive for other in negative)
    share = above / (len(positive) * len(negative))
    return max(share, 1 - share)


def main() -> None:
    """Print the table of docs/measurements.md."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load_settings(data_dir=Path(folder), plugins="none", log_level="ERROR"))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            list(upgrade_all(app.extensions[EXTENSION]))
            token = fill()
            db.session.remove()
        limiter.enabled = False
        print("| door | known | unknown | area under the curve |\n|---|---|---|---|")
        for name, (ask, expected) in DOORS.items():
            known, unknown = measure(app, token, ask, expected)
            middles = (sorted(times)[len(times) // 2] for times in (known, unknown))
            print(f"| {name} | " + " | ".join(f"{one:.1f} ms" for one in middles), end=" | ")
            print(f"{area(known, unknown):.3f} |", flush=True)
        with app.app_context():
            db.engine.dispose()


if __name__ == "__main__":
    main()
