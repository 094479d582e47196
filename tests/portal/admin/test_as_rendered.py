"""Forms sent as a browser sends them, hidden fields and all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.fixtures.browsing import FormFields
from tests.fixtures.client import PortalClient

LogIn = Callable[..., PortalClient]


@pytest.mark.parametrize(
    ("address", "who", "typed"),
    [
        ("/admin/members/new", "admin", {"name": "Neue Person", "email": "neue@netz.example"}),
        ("/admin/members/new", "editorial", {"name": "Neue Person", "email": "neue@netz.example"}),
        ("/admin/organisations/new", "admin", {"name": "Neues Netzwerk"}),
        ("/events/new", "editorial", {"title": "Neues Treffen", "starts_at": "2027-01-01T10:00"}),
    ],
)
def test_what_is_new_is_created_from_the_page_as_it_stands(
    login: LogIn, address: str, who: str, typed: dict[str, str]
) -> None:
    client = login(who)
    form = FormFields(client.get(address).text)
    assert set(typed) < set(form.fields)
    assert client.post(address, data={**form.fields, **typed}).status_code == 302


@pytest.mark.parametrize(("address", "action"), [("/me", "/me"), ("/admin/organisations/nordwerk", "")])
def test_what_was_opened_and_sent_unchanged_is_saved(login: LogIn, address: str, action: str) -> None:
    client = login("admin")
    form = FormFields(client.get(address).text, action)
    assert client.post(address, data=form.fields).status_code == 302
