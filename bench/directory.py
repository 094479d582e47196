"""The directory with 100 and with 100,000 members, in one run: `python -m bench.directory`."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from portal.application import create_app
from portal.config import load_settings
from portal.database import unit_of_work
from portal.extensions import db, limiter
from portal.login.services.sessions import open_session
from portal.members.models import Member, MemberWord, member_topic
from portal.members.naming import fold, sort_name_of, words_of
from portal.organisations.models import Membership, Organisation
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.upgrading import upgrade_all
from portal.topics.models import Topic

SIZES, ROUNDS, ORGANISATIONS, TOPICS = (100, 100_000), 60, 100, 20
FIRST = [
    "Anna",
    "Bernd",
    "Cem",
    "Dörte",
    "Emil",
    "Friederike",
    "Gül",
    "Hanna",
    "Ivo",
    "Jana",
    "Karl",
    "Lea",
    "Mia",
    "Nils",
    "Olga",
    "Paul",
    "Rosa",
    "Sven",
    "Tina",
    "Uwe",
]
SYLLABLES = [
    "ber",
    "dor",
    "fel",
    "gart",
    "hau",
    "ken",
    "lan",
    "mei",
    "ner",
    "osch",
    "reu",
    "schul",
    "stein",
    "thal",
    "vog",
    "wal",
    "wie",
    "zim",
    "öhl",
    "kru",
]
FUNCTIONS = ["Projektleitung", "Netzwerkmanagement", "Beratung", "Referat", "Öffentlichkeitsarbeit", "Geschäftsführung"]
PATHS = {
    "first page": "/members/",
    "a page far on": "/members/?after=schulreuvog%2C+lea~5",
    "a word that forty people have": "/members/?q=leuchtt",
    "two words": "/members/?q=leuchtt+netzwerk",
    "a word that every sixth has": "/members/?q=projekt",
    "an organisation's name": "/members/?q=leitverbund",
    "an organisation": "/members/?organisation=1",
}


def fill(members: int) -> str:
    """Organisations, topics and ``members`` people in bulk; gives the token of somebody who is logged in."""
    chance = random.Random(7)
    with unit_of_work():
        names = ["Leitverbund", *(f"Verbund {number:03d}" for number in range(2, ORGANISATIONS + 1))]
        db.session.add_all(Organisation(slug=fold(n).replace(" ", "-"), name=n, sort_name=fold(n)) for n in names)
        db.session.add_all(Topic(slug=f"t{number}", title=f"Thema {number}") for number in range(TOPICS))
        db.session.flush()
        people = [_person(number, chance) for number in range(1, members + 1)]
        db.session.execute(insert(Member), people)
        words = [(word, one["id"]) for one in people for word in words_of(f"{one['name']} {one['function']}")]
        db.session.execute(insert(MemberWord), [{"word": word, "member_id": number} for word, number in words])
        # What is asked for is the same in both, so that pages of equal length are compared.
        belonging = [{"member_id": n, "organisation_id": 1 if n <= 40 else n} for n in range(1, 101)]
        db.session.execute(insert(Membership), belonging)
        db.session.execute(insert(member_topic), [{"member_id": n, "topic_id": n % TOPICS + 1} for n in range(1, 101)])
        return open_session(1, "Bench", "127.0.0.1", remembered=True)


def _person(number: int, chance: random.Random) -> dict[str, object]:
    last = "".join(chance.sample(SYLLABLES, 3)).capitalize()
    name = f"{chance.choice(FIRST)} {last}"
    address = f"p{number}@bench.example"
    function = chance.choice(FUNCTIONS)
    if number <= 100:
        function = "Leuchttürme im Netzwerk" if number <= 40 else "Projektleitung"
    return {
        "id": number, "name": name, "sort_name": sort_name_of(name), "email": address, "function": function,
        "state": "active",
    }  # fmt: skip


def measure(app: Flask, token: str) -> dict[str, float]:
    """Median milliseconds of each page, asked through the whole application."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return {name: statistics.median(_times(client, path)) for name, path in PATHS.items()}


def _times(client: FlaskClient, path: str) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        answer = client.get(path)
        times.append((time.perf_counter() - begin) * 1000)
        assert answer.status_code == 200, answer.status
    return times[5:]


def run(members: int) -> dict[str, float]:
    """A portal of this size on a fresh database, measured."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load_settings(data_dir=Path(folder), plugins="none", log_level="ERROR"), immediate_jobs=True)
        with app.app_context():
            list(upgrade_all(app.extensions[EXTENSION]))
            token = fill(members)
            db.session.remove()
        limiter.enabled = False
        times = measure(app, token)
        with app.app_context():
            db.engine.dispose()
        return times


def main() -> None:
    """Print the table of docs/measurements.md."""
    small, large = (run(members) for members in SIZES)
    print("| page | 100 members | 100,000 members | ratio |\n|---|---|---|---|")
    for name in PATHS:
        print(f"| {name} | {small[name]:.1f} ms | {large[name]:.1f} ms | {large[name] / small[name]:.2f} |")


if __name__ == "__main__":
    main()
