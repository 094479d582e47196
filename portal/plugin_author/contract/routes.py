"""Addresses: they lie below the id, say who may enter, and are unknown while the plugin is off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.extensions import limiter
from portal.permissions.actor import system
from portal.plugin_author.contract.case import Case
from portal.plugin_host.lifecycle import Lifecycle
from portal.web.access import LIMITS, find_access

FOREIGN = {"OPTIONS", "DELETE"}  # answered without the view, or refused with what is allowed


def check_addresses(case: Case) -> Iterator[str]:
    """Every route lies below ``/<id>/`` or ``/api/v1/<id>/``."""
    for rule in case.rules():
        if not rule.rule.startswith(case.prefixes):
            yield f"the route {rule.rule} does not begin with {' or '.join(case.prefixes)}"


def check_declarations(case: Case) -> Iterator[str]:
    """Every route declares permission, cache and rate, and a permission that exists."""
    known = {*case.host.permissions.names(), "public", "member"}
    for rule in case.rules():
        declared = find_access(case.app, rule.endpoint)
        if declared is None:
            yield f"the route {rule.rule} has no @access(…)"
        elif declared.permission not in known:
            yield f"the route {rule.rule} asks for the permission {declared.permission}, which nobody declares"
        elif declared.rate not in LIMITS:
            yield f"the route {rule.rule} has the unknown rate {declared.rate}"


def check_off(case: Case) -> Iterator[str]:
    """While the plugin is off, every address answers 404 to every method, whoever asks."""
    Lifecycle(case.host).disable(system(), case.plugin_id)
    for rule in case.rules():
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        for method in sorted((rule.methods or set()) | FOREIGN):
            limiter.reset()
            status = case.client.open(path, method=method).status_code
            if status != 404:
                yield f"while the plugin is off, {method} {path} answers {status}"
    Lifecycle(case.host).enable(system(), case.plugin_id)
