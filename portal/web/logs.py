"""Structured logs without secrets: JSON lines, one an event."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict

SECRET_WORDS = ("password", "token", "secret", "cookie", "authorization", "csrf", "email")


def hide_secrets(logger: object, name: str, event: EventDict) -> EventDict:
    """Replace every value whose name says that it is a secret."""
    return {key: "•••" if any(word in key.lower() for word in SECRET_WORDS) else value for key, value in event.items()}


def configure_logs(level: str, plain: bool = False) -> None:
    """Log from ``level`` on; ``plain`` for people, JSON otherwise (which also keeps one event on one line)."""
    logging.basicConfig(level=level, format="%(message)s")
    for chatty in ("alembic", "huey"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            hide_secrets,
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if plain else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),  # as the standard library's; stdout is for answers
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
    )
