"""Under https, cookies are bound to the host and browsers are told to stay with https."""

from pathlib import Path

import pytest
from flask import Flask

from portal.application import create_app
from portal.config import load_settings
from portal.plugin_host.host import EXTENSION
from portal.plugin_host.upgrading import upgrade_all


@pytest.fixture
def secure_app(tmp_path: Path) -> Flask:
    settings = load_settings(data_dir=tmp_path, base_url="https://portal.example", secret_key="s" * 40, plugins="none")
    application = create_app(settings, immediate_jobs=True)
    with application.app_context():
        list(upgrade_all(application.extensions[EXTENSION]))
    return application


def test_cookies_are_bound_to_the_host(secure_app: Flask) -> None:
    answer = secure_app.test_client().get("/login", base_url="https://portal.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-portal=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_safe_mode_starts_without_plugins(secure_app: Flask) -> None:
    answer = secure_app.test_client().get("/events/", base_url="https://portal.example")
    assert answer.status_code == 404
    assert secure_app.test_client().get("/", base_url="https://portal.example").status_code == 200
