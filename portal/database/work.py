"""The unit of work: one transaction per request, job or command, and what waits for its commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

from portal.extensions import db

log = structlog.get_logger(__name__)
_writing: ContextVar[bool] = ContextVar("portal_writing", default=False)


def is_writing() -> bool:
    """Whether the running unit of work may write; a plain GET may not."""
    return _writing.get()


@contextmanager
def writing(allowed: bool = True) -> Iterator[None]:
    """Say for the block whether transactions may write; SQLite then takes its write lock at their beginning."""
    token = _writing.set(allowed)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Look before the unit of work begins to write: a short transaction that takes no lock and ends with the block.

    What it loaded is detached then: keep plain values, load again to change. Raises RuntimeError once work began."""
    if db.session().in_transaction():
        raise RuntimeError("the unit of work has begun: looking first comes too late")
    with writing(False):
        try:
            yield
        finally:
            db.session.close()


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit at the end of the block, roll back if it raises; then do what waited for the commit."""
    with writing():
        try:
            yield
            commit()
        except BaseException:
            rollback()
            raise


@contextmanager
def trial() -> Iterator[None]:
    """Do what the block does only to see what would come of it: rolled back at its end, with all that would wait for a
    commit. What was loaded before is read anew after it."""
    waiting = list(db.session.info.get("after_commit", []))
    nested = db.session.begin_nested()
    try:
        yield
    finally:
        nested.rollback()
        db.session.expire_all()
        db.session.info["after_commit"] = waiting


def commit() -> None:
    """Commit the session and run what waited, each on its own: one that fails is logged and stops no other."""
    waiting = db.session.info.pop("after_commit", [])
    db.session.info.pop("keep", None)
    db.session.commit()
    for callback in waiting:
        try:
            callback()
        except Exception:
            log.exception("after_commit_failed", callback=getattr(callback, "__qualname__", repr(callback)))


def rollback() -> None:
    """Undo the session's changes and forget what waited for them."""
    db.session.info.pop("after_commit", None)
    db.session.info.pop("keep", None)
    db.session.rollback()


def after_commit(callback: Callable[[], object]) -> None:
    """Run ``callback`` once the present unit of work is committed; never if it is rolled back."""
    db.session.info.setdefault("after_commit", []).append(callback)


def keep_changes() -> None:
    """Commit this request's changes although it answers with an error (a counted failed log-in must stay counted)."""
    db.session.info["keep"] = True


def wants_keeping() -> bool:
    """Whether :func:`keep_changes` was called in this unit of work."""
    return bool(db.session.info.get("keep"))
