"""Keeping the rules: every night, in batches, each in a unit of work of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from portal.database import utcnow
from portal.extensions import db
from portal.jobs import enqueue, job
from portal.retention.models import RetentionRun
from portal.retention.registry import Rule, days_of, find_rule, list_rules, portal_timezone

BATCH = 1000
NIGHT = time(2)
LATE_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class RuleState:
    """A rule with its days, and what its last run removed; ``ran_at`` is None before the first."""

    rule: Rule
    days: int
    ran_at: datetime | None
    removed: int


@job("retention.nightly", every=3600)
def nudge_nightly() -> None:
    """Nudge for every rule that was not kept since the last night began, also when the worker slept at that hour."""
    begin = _night_before(utcnow())
    done = set(db.session.scalars(select(RetentionRun.rule).where(RetentionRun.ran_at >= begin)))
    for rule in list_rules():
        if rule.name not in done:
            enqueue("retention.keep", rule=rule.name)


@job("retention.keep")
def keep_rule(rule: str, is_first: bool = True) -> None:
    """Remove a batch of what a rule no longer keeps, and nudge for the next one while there is more."""
    found = find_rule(rule)
    if found is not None and keep_batch(found, is_first) >= BATCH:
        enqueue("retention.keep", rule=rule, is_first=False)


def keep_batch(rule: Rule, is_first: bool) -> int:
    """Remove a batch, note it as part of a run, and say how many went. Twice does no harm."""
    removed = rule.remove(oldest_kept(rule), BATCH)
    run = db.session.get(RetentionRun, rule.name)
    if run is None:
        run = RetentionRun(rule=rule.name, ran_at=utcnow(), removed=0)
        db.session.add(run)
    elif is_first:
        run.ran_at, run.removed = utcnow(), 0
    run.removed += removed
    db.session.flush()
    return removed


def oldest_kept(rule: Rule) -> datetime:
    """What is older than this moment goes."""
    return utcnow() - timedelta(days=days_of(rule))


def list_states() -> list[RuleState]:
    """Every rule with its days and its last run."""
    runs = {run.rule: run for run in db.session.scalars(select(RetentionRun))}
    return [_state_of(rule, runs.get(rule.name)) for rule in list_rules()]


def is_late() -> bool:
    """Whether some rule was kept once and not in the last three days."""
    return any(one.ran_at and one.ran_at < utcnow() - LATE_AFTER for one in list_states())


def _state_of(rule: Rule, run: RetentionRun | None) -> RuleState:
    return RuleState(rule, days_of(rule), run.ran_at if run else None, run.removed if run else 0)


def _night_before(now: datetime) -> datetime:
    """Two o'clock of the last night, in the portal's time zone."""
    here = now.astimezone(ZoneInfo(portal_timezone()))
    tonight = here.replace(hour=NIGHT.hour, minute=0, second=0, microsecond=0)
    return tonight if tonight <= here else tonight - timedelta(days=1)
