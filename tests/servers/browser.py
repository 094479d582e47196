"""Chromium for the tests: the machine's own, or the one inside npm's `@sparticuz/chromium`."""

import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium"
CACHE = ROOT / ".make" / "chromium"
INSTALLED = ("chromium", "chromium-browser", "google-chrome")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--font-render-hinting=none",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
]


@dataclass(frozen=True)
class Chromium:
    """An executable and the environment it needs."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium() -> Chromium:
    """The browser named by TEST_BROWSER, else the machine's, else the one from npm."""
    named = os.environ.get("TEST_BROWSER")
    found = named or next(filter(None, map(shutil.which, INSTALLED)), None)
    return Chromium(Path(found)) if found and named != "npm" else unpack_chromium()


def unpack_chromium() -> Chromium:
    """Unpack npm's Chromium with its libraries and a font, once per version, and return it."""
    if not PACKAGE.is_dir():
        raise FileNotFoundError("There is no Chromium: run `npm ci --ignore-scripts` first.")
    stamp = str((PACKAGE / "bin" / "chromium.br").stat().st_size)
    folder = CACHE / stamp
    if not folder.is_dir():
        _unpack(folder)
    environment = {"LD_LIBRARY_PATH": str(folder / "lib"), "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    return Chromium(folder / "chromium", environment)


def _unpack(folder: Path) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        fresh = Path(name, "fresh")
        fresh.mkdir()
        executable = fresh / "chromium"
        executable.write_bytes(_decompress("chromium.br"))
        executable.chmod(0o755)
        for archive in ("al2023", "fonts", "swiftshader"):
            with tarfile.open(fileobj=io.BytesIO(_decompress(f"{archive}.tar.br"))) as content:
                content.extractall(fresh, filter="data")
        (fresh / "fonts.conf").write_text(_describe_fonts(folder))
        # Several test workers may come here at once: the first rename wins, the others find it done.
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise


def _decompress(name: str) -> bytes:
    return brotli.decompress((PACKAGE / "bin" / name).read_bytes())


def _describe_fonts(folder: Path) -> str:
    folders = (folder / "fonts", Path("/usr/share/fonts"))
    listed = "".join(f"<dir>{path}</dir>" for path in folders)
    return f'<?xml version="1.0"?><fontconfig>{listed}<cachedir>{folder / "cache"}</cachedir></fontconfig>'


def launch_chromium(playwright: Playwright, chromium: Chromium | None = None) -> Browser:
    """Start a headless Chromium; whoever starts it closes it."""
    chosen = chromium or find_chromium()
    environment: dict[str, str | float | bool] = {**os.environ, **chosen.environment}
    return playwright.chromium.launch(executable_path=chosen.executable, args=FLAGS, env=environment, headless=True)


@contextmanager
def run_browser() -> Iterator[Browser]:
    """Start a headless Chromium outside the tests (for a script) and close it when the block ends."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        try:
            yield browser
        finally:
            browser.close()
