"""How long what logging in leaves is kept."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement

from portal.login.models import (
    AddressChange,
    LoginSession,
    LoginThrottle,
    OneTimeLink,
    PasskeyChallenge,
    PendingLogin,
    SignOnAttempt,
    TotpFactor,
)
from portal.retention.registry import rows_rule


def _useless_change(before: datetime) -> ColumnElement[bool]:
    """A change of address that nobody confirmed in time, or that can't be undone any more."""
    unconfirmed = AddressChange.confirmed_at.is_(None) & (AddressChange.expires_at < before)
    return unconfirmed | (AddressChange.undo_expires_at < before)


RULES = [
    rows_rule(
        "login.sessions",
        _l("Log-ins whose time is over: device, network, when (an ended one goes at once)"),
        "keep_session_days",
        {LoginSession: lambda before: LoginSession.expires_at < before},
    ),
    rows_rule(
        "login.links",
        _l("Links, half log-ins and changes of address that were used or have expired"),
        "keep_link_days",
        {
            OneTimeLink: lambda before: (OneTimeLink.expires_at < before) | (OneTimeLink.used_at < before),
            PendingLogin: lambda before: PendingLogin.expires_at < before,
            PasskeyChallenge: lambda before: PasskeyChallenge.expires_at < before,
            SignOnAttempt: lambda before: SignOnAttempt.expires_at < before,
            AddressChange: _useless_change,
            TotpFactor: lambda before: TotpFactor.confirmed_at.is_(None) & (TotpFactor.created_at < before),
        },
    ),
    rows_rule(
        "login.tries",
        _l("Counted tries to log in, without address"),
        "keep_try_days",
        {LoginThrottle: lambda before: LoginThrottle.window_start < before},
    ),
]
