"""The counters of rate limits in one process."""

from time_machine import TimeMachineFixture

from portal.web.counters import SWEEP_S, ProcessStorage


def test_a_window_ends_and_the_next_begins_at_zero(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(1_000_000, tick=False)
    storage = ProcessStorage()
    assert [storage.incr("a", 10) for _ in range(3)] == [1, 2, 3]
    assert storage.get_expiry("a") == 1_000_010
    time_machine.shift(10)
    assert (storage.get("a"), storage.incr("a", 10)) == (0, 1)


def test_keys_are_counted_apart_and_forgotten_one_by_one() -> None:
    storage = ProcessStorage()
    storage.incr("a", 10, amount=5)
    storage.incr("b", 10)
    storage.clear("a")
    assert (storage.get("a"), storage.get("b"), storage.reset()) == (0, 1, 1)


def test_what_ended_is_swept_and_what_runs_stays(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(1_000_000, tick=False)
    storage = ProcessStorage()
    storage.incr("old", 10)
    storage.incr("running", 10 * SWEEP_S)
    time_machine.shift(SWEEP_S + 1)
    assert (storage.incr("running", 10), storage.reset()) == (2, 1)
