"""Headers of every response, errors and files included."""

import re
from collections.abc import Callable

import pytest

from portal.config import Settings, load_settings
from portal.web.assets import asset
from tests.fixtures.client import PortalClient

PATHS = ["/", "/login", "/nowhere", "/healthz", "/static/nothing.css", "/members/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_policy(client: PortalClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_the_nonce_is_new_for_each_response(client: PortalClient) -> None:
    nonces = {re.search(r"'nonce-([^']+)'", client.get("/login").headers["Content-Security-Policy"]) for _ in range(3)}
    assert len({found.group(1) for found in nonces if found}) == 3


def test_pages_use_no_inline_styles_or_handlers(client: PortalClient) -> None:
    page = client.get("/login").text
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page)
    assert all("nonce=" in tag or "src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_personal_pages_are_not_stored(login: Callable[[str], PortalClient]) -> None:
    assert login("member").get("/").headers["Cache-Control"] == "private, no-store"


def test_an_unknown_host_is_refused(client: PortalClient) -> None:
    assert client.get("/login", headers={"Host": "evil.example"}).status_code == 400


def test_nothing_comes_from_elsewhere(client: PortalClient) -> None:
    addresses = re.findall(r'(?:src|href|action)="(https?://[^"]+)"', client.get("/").text)
    assert addresses == []


def test_https_turns_on_strict_cookies(tmp_path: object) -> None:
    settings: Settings = load_settings(data_dir=tmp_path, base_url="https://portal.example", secret_key="s")
    assert settings.is_https
    assert settings.trusted_hosts == ["portal.example"]


def test_built_files_are_kept_for_ever(client: PortalClient) -> None:
    with client.get(asset("app.css")) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_missing_file_is_not_kept(client: PortalClient) -> None:
    assert client.get("/static/build/nothing.css").headers["Cache-Control"] == "no-store"
