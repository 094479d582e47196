"""The lists of members with 100 and with 100,000 of them, in one run: `python -m bench.directory`."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from portal.application import create_app
from portal.config import load_settings
from portal.database import unit_of_work
from portal.extensions import db, limiter
from portal.login.services.sessions import open_session
from portal.members.models import Member, MemberWord, member_topic
from portal.members.naming import fold, sort_name_of, words_of
from portal.organisations.models import Membership, Organisation
from portal.permissions.models import MemberRole, Role
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
    "two words that thousands have": "/members/?q=anna+projekt",
    "an organisation": "/members/?organisation=1",
    "administration, first page": "/admin/members",
    "administration, far on": "/admin/members?after=schulreuvog%2C+lea~5",
    "administration, newest first": "/admin/members?sort=created",
    "administration, active ones": "/admin/members?state=active",
    "administration, disabled ones": "/admin/members?state=disabled",
    "administration, a word of forty": "/admin/members?q=leuchtt",
    "administration, a word of every sixth": "/admin/members?q=projekt",
    "administration, an organisation": "/admin/members?organisation=1",
    "administration, a role": "/admin/members?role=admin",
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
        admin = db.session.scalars(select(Role.id).where(Role.name == "admin")).one()
        db.session.execute(insert(MemberRole), [{"member_id": n, "role_id": admin} for n in range(1, 41)])
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
        "state": "disabled" if 41 <= number <= 55 else "active",
    }  # fmt: skip


def make(members: int, folder: Path) -> tuple[Flask, FlaskClient]:
    """A portal of this size on a fresh database, and somebody who is logged in."""
    chosen = {"plugins": "none", "log_level": "ERROR", "require_second_factor": ""}
    app = create_app(load_settings(data_dir=folder / str(members), **chosen), immediate_jobs=True)
    with app.app_context():
        list(upgrade_all(app.extensions[EXTENSION]))
        token = fill(members)
        db.session.remove()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return app, client


def measure(clients: list[FlaskClient], path: str) -> list[float]:
    """Median milliseconds of a page, each portal asked in turn, so that what else the machine does hits all alike."""
    times: list[list[float]] = [[] for _ in clients]
    for _ in range(ROUNDS):
        for client, taken in zip(clients, times, strict=True):
            taken.append(_time(client, path))
    return [statistics.median(taken[5:]) for taken in times]


def _time(client: FlaskClient, path: str) -> float:
    begin = time.perf_counter()
    answer = client.get(path)
    taken = (time.perf_counter() - begin) * 1000
    assert answer.status_code == 200, answer.status
    return taken


def main() -> None:
    """Print the table of docs/measurements.md."""
    with tempfile.TemporaryDirectory() as folder:
        apps, clients = zip(*(make(members, Path(folder)) for members in SIZES), strict=True)
        limiter.enabled = False
        print("| page | 100 members | 100,000 members | ratio |\n|---|---|---|---|")
        for name, path in PATHS.items():
            small, large = measure(list(clients), path)
            print(f"| {name} | {small:.1f} ms | {large:.1f} ms | {large / small:.2f} |", flush=True)
        for app in apps:
            with app.app_context():
                db.engine.dispose()


if __name__ == "__main__":
    main()
