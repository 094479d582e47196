"""Nobody gives what they don't hold, and an admin always stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.admin.services.sessions import end_sessions_of, list_sessions_of
from portal.database import unit_of_work
from portal.errors import Forbidden, Invalid
from portal.members.services.disabling import disable_member, enable_member
from portal.members.services.editing import update_member
from portal.members.services.roles import list_held_roles, set_member_roles
from portal.permissions.actor import Actor, system
from tests.fixtures.people import Network


@pytest.fixture
def deputy(network: Network) -> Actor:
    """Somebody of the editorial office who may give and take roles."""
    actor = network.actor("editorial")
    return replace(actor, permissions=actor.permissions | {"members.roles", "members.disable"})


def test_set_member_roles_gives_a_role_one_holds(network: Network, deputy: Actor) -> None:
    with unit_of_work():
        target = network.member("member").id
        set_member_roles(deputy, target, {"editorial"})
        assert list_held_roles(system(), target) == {"editorial"}


def test_set_member_roles_refuses_a_role_one_does_not_hold(network: Network, deputy: Actor) -> None:
    with unit_of_work(), pytest.raises(Forbidden):
        set_member_roles(deputy, network.member("member").id, {"admin"})


def test_set_member_roles_refuses_to_take_a_role_one_does_not_hold(network: Network, deputy: Actor) -> None:
    with unit_of_work(), pytest.raises(Forbidden):
        set_member_roles(deputy, network.member("admin").id, set())


def test_set_member_roles_needs_the_permission(network: Network) -> None:
    actor = network.actor("editorial")
    with unit_of_work(), pytest.raises(Forbidden):
        set_member_roles(actor, network.member("member").id, {"editorial"})


def test_an_admin_gives_every_role(network: Network) -> None:
    actor = network.actor("admin")
    with unit_of_work():
        target = network.member("member").id
        set_member_roles(actor, target, {"editorial", "admin"})
        assert list_held_roles(system(), target) == {"editorial", "admin"}


def test_the_last_admin_keeps_the_role(network: Network) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        set_member_roles(system(), network.member("admin").id, set())


def test_the_last_admin_stays_enabled(network: Network) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        disable_member(system(), network.member("admin").id)


def test_a_disabled_admin_does_not_count(network: Network) -> None:
    with unit_of_work():
        set_member_roles(system(), network.member("disabled").id, {"admin"})
        with pytest.raises(Invalid):
            disable_member(system(), network.member("admin").id)


def test_one_of_two_admins_can_go(network: Network) -> None:
    with unit_of_work():
        set_member_roles(system(), network.member("member").id, {"admin"})
        assert disable_member(system(), network.member("admin").id).state == "disabled"


def test_an_admin_is_disabled_and_enabled_by_admins_only(network: Network, deputy: Actor) -> None:
    with unit_of_work():
        target = network.member("member").id
        set_member_roles(system(), target, {"admin"})
        with pytest.raises(Forbidden):
            disable_member(deputy, target)
        disable_member(system(), target)
        with pytest.raises(Forbidden):
            enable_member(deputy, target)


def test_the_devices_of_an_admin_are_for_admins(network: Network, deputy: Actor) -> None:
    admin, other = network.member("admin").id, network.member("other").id
    for act in (list_sessions_of, end_sessions_of):
        with unit_of_work(), pytest.raises(Forbidden):
            act(deputy, admin)
    with unit_of_work():
        assert end_sessions_of(deputy, other).id == other


def test_nobody_disables_themselves(network: Network, deputy: Actor) -> None:
    with unit_of_work(), pytest.raises(Invalid):
        disable_member(deputy, deputy.id or 0)


def test_the_address_of_an_admin_is_for_admins_to_change(network: Network, deputy: Actor) -> None:
    with unit_of_work():
        target = network.member("admin")
        with pytest.raises(Forbidden):
            update_member(deputy, target.id, target.name, "trap@evil.example", "", target.version)


def test_nobody_gives_themselves_an_address_in_administration(network: Network) -> None:
    with unit_of_work():
        own, actor = network.member("editorial"), network.actor("editorial")
        with pytest.raises(Invalid):
            update_member(actor, own.id, own.name, "trap@evil.example", "", own.version)
        assert update_member(actor, own.id, "Emil Neu", own.email, "", own.version).name == "Emil Neu"
