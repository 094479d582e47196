"""The portal as an operator starts it: two web workers and the job worker, on a demo network of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.servers.process import find_free_port, running

PORTAL = [sys.executable, "-m", "portal"]


@contextmanager
def run_portal(folder: Path, issuer: str = "") -> Iterator[str]:
    """Start a portal with the demo network, and single sign-on where there is an issuer; gives its address."""
    port = find_free_port()
    url = f"http://localhost:{port}"  # a name: passkeys are bound to one
    environment = _environment(folder, url, port) | (_sign_on(issuer) if issuer else {})
    for step in ("upgrade", "demo"):
        _run(step, environment)
    with running([*PORTAL, "serve"], folder / "portal.log", lambda: _answers(f"{url}/readyz"), environment=environment):
        yield url


def _environment(folder: Path, url: str, port: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    settings = {"PORTAL_DATA_DIR": str(folder), "PORTAL_BASE_URL": url, "PORTAL_WEB_WORKERS": "2"}
    return {**inherited, **settings, "PORTAL_PLUGINS_STRICT": "true", "PORT": str(port)}


def _sign_on(issuer: str) -> dict[str, str]:
    given = {"ISSUER": issuer, "CLIENT_ID": "portal", "CLIENT_SECRET": "secret", "NAME": "Netz-ID"}
    return {f"PORTAL_OIDC_{name}": value for name, value in given.items()}


def _run(step: str, environment: dict[str, str]) -> None:
    done = subprocess.run([*PORTAL, step], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"portal {step} failed:\n{done.stdout}{done.stderr}")


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
