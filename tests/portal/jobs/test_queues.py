"""Jobs on each kind of queue; a job of a plugin that is off rests; a lost nudge is found again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from huey import Huey

from portal.config import load_settings
from portal.database import unit_of_work
from portal.jobs import Job, enqueue
from portal.jobs.queue import EXTENSION, make_queue
from portal.jobs.registry import JobRegistry
from portal.jobs.running import JobRunner
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer


@pytest.fixture(params=["sqlite", "postgres", "redis"])
def queue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Huey]:
    addresses: dict[str, str] = {}
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        server.delete_database("jobs")
        addresses["database_url"] = server.create_database("jobs")
    if request.param == "redis":
        redis: RedisServer = request.getfixturevalue("redis_server")
        addresses["redis_url"] = redis.get_url()
    made = make_queue(load_settings(data_dir=tmp_path, secret_key="q", **addresses))
    yield made
    made.storage.close()


@pytest.fixture
def ran(app: Flask, queue: Huey) -> Iterator[list[str]]:
    """What a job of the name ``test.note`` was given; the job's owner can be switched off by "off" in the list."""
    notes: list[str] = []
    before = app.extensions[EXTENSION]

    def note(text: str) -> None:
        notes.append(text)

    queue.flush()
    JobRunner(app, queue, JobRegistry([Job("test.note", note)]), lambda name: "off" not in notes)
    yield notes
    app.extensions[EXTENSION] = before


def work_off(queue: Huey) -> int:
    done = 0
    while task := queue.dequeue():
        queue.execute(task)
        done += 1
    return done


def test_a_job_runs_once_it_is_committed(ran: list[str], queue: Huey) -> None:
    with unit_of_work():
        enqueue("test.note", text="hello")
        assert queue.pending_count() == 0
    assert work_off(queue) == 1
    assert ran == ["hello"]


def test_what_is_rolled_back_nudges_nobody(ran: list[str], queue: Huey) -> None:
    with pytest.raises(ValueError, match="undo"), unit_of_work():
        enqueue("test.note", text="hello")
        raise ValueError("undo")
    assert work_off(queue) == 0


def test_a_job_whose_owner_is_off_rests(ran: list[str], queue: Huey) -> None:
    ran.append("off")
    with unit_of_work():
        enqueue("test.note", text="hello")
    work_off(queue)
    assert ran == ["off"]


def test_schedules_are_whole_minutes() -> None:
    with pytest.raises(ValueError, match="whole minutes"):
        JobRegistry([Job("test.often", print, every=90)])


def test_only_what_is_due_is_listed() -> None:
    registry = JobRegistry([Job("test.fifth", print, every=300)])
    assert "test.fifth" in {job.name for job in registry.list_due(10)}
    assert "test.fifth" not in {job.name for job in registry.list_due(11)}
