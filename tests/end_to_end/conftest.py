"""One portal for all walks, and people who visit it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.end_to_end.server import run_portal
from tests.end_to_end.visitor import Seen, Visitor
from tests.end_to_end.words import Say, speak
from tests.servers.oidc import Provider, run_provider

LOCALES = {"de": "de-DE", "en": "en-GB"}
WIDE = {"width": 1280, "height": 900}
Meet = Callable[..., Visitor]


@pytest.fixture(scope="session")
def sign_on_provider() -> Iterator[Provider]:
    """The provider of the portal's single sign-on."""
    with run_provider() as provider:
        yield provider


@pytest.fixture(scope="session")
def portal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the started portal keeps its data."""
    folder: Path = tmp_path_factory.mktemp("portal") / "data"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def portal_url(portal_folder: Path, sign_on_provider: Provider) -> Iterator[str]:
    """A started portal."""
    with run_portal(portal_folder, sign_on_provider.issuer) as url:
        yield url


@pytest.fixture(scope="session")
def logged_in() -> dict[str, Any]:
    """Cookies of who logged in already, so that not every walk begins with the form."""
    return {}


@pytest.fixture(scope="session")
def seen() -> Seen:
    """What has been inspected already."""
    return set()


@pytest.fixture(params=["de", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """The language of the interface."""
    return request.param


@pytest.fixture
def say(language: str) -> Say:
    """The words of the interface in the test's language, by the English ones."""
    return speak(language)


@pytest.fixture
def meet(
    browser: Browser, portal_url: str, language: str, say: Say, logged_in: dict[str, Any], seen: Seen
) -> Iterator[Meet]:
    """``meet("mitglied")``: somebody of the demo network, logged in; ``meet()``: somebody of the public."""
    met: list[Visitor] = []

    def invite(who: str = "", **options: Any) -> Visitor:
        given = {"locale": LOCALES[language], "viewport": WIDE, "reduced_motion": "reduce", **options}
        context = browser.new_context(**given, storage_state=logged_in.get(who))
        visitor = Visitor(context, portal_url, say, language, seen)
        met.append(visitor)
        if who and who not in logged_in:
            visitor.log_in(f"{who}@portal.example")
            logged_in[who] = context.storage_state()
        return visitor

    yield invite
    for visitor in met:
        visitor.context.close()
    complaints = [complaint for visitor in met for complaint in visitor.inspector.complaints]
    assert not complaints, "\n".join(complaints)
