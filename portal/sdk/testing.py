"""For tests of plugins: a pytest plugin with its fixtures, and the contract that every plugin keeps."""

from portal.plugin_author.client import PortalClient
from portal.plugin_author.contract import assert_plugin_contract, find_breaches
from portal.plugin_author.fixtures import (
    Login,
    client,
    hook_calls,
    login,
    other_worker,
    portal_app,
    portal_rehearsal,
    portal_worker,
    pytest_addoption,
    toggle,
)

__all__ = [
    "Login",
    "PortalClient",
    "assert_plugin_contract",
    "client",
    "find_breaches",
    "hook_calls",
    "login",
    "other_worker",
    "portal_app",
    "portal_rehearsal",
    "portal_worker",
    "pytest_addoption",
    "toggle",
]
