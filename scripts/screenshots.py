"""Makes the pictures of the README: starts a portal with the demo network, visits pages, writes docs/images."""

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from portal.demo.network import PASSWORD
from tests.end_to_end.server import run_portal
from tests.servers.browser import run_browser

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDE = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
QUALITY = 82
MOST_BYTES = 300_000


@dataclass(frozen=True)
class Shot:
    """A picture: who visits which page, how."""

    name: str
    who: str
    path: str
    theme: str = "light"
    narrow: bool = False


SHOTS = (
    Shot("dashboard", "mitglied", "/"),
    Shot("event", "mitglied", "/events/netzwerktreffen-2023"),
    Shot("event-dark", "mitglied", "/events/netzwerktreffen-2023#section-5", "dark"),
    Shot("map", "mitglied", "/initiatives/map"),
    Shot("search", "mitglied", "/search/?q=Fachkraft"),
    Shot("plugins", "admin", "/admin/plugins"),
    Shot("phone", "mitglied", "/events/netzwerktreffen-2023", narrow=True),
)


def take(browser: Browser, url: str, shot: Shot) -> Path:
    """Take one picture, as somebody logged in with a German browser sees the page."""
    context = browser.new_context(
        locale="de-DE",
        viewport=PHONE if shot.narrow else WIDE,  # type: ignore[arg-type]
        color_scheme="dark" if shot.theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    log_in(page, url, shot.who)
    page.goto(url + shot.path, wait_until="networkidle")
    path = IMAGES / f"{shot.name}.webp"
    Image.open(io.BytesIO(page.screenshot())).save(path, "WEBP", quality=QUALITY, method=6)
    context.close()
    return path


def log_in(page: Page, url: str, who: str) -> None:
    """Log in with an account of the demo network."""
    page.goto(f"{url}/login")
    page.locator("[name=email]").fill(f"{who}@portal.example")
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def main() -> None:
    """Take all pictures; each must stay small enough for a README."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, run_portal(Path(name)) as url, run_browser() as browser:
        for shot in SHOTS:
            path = take(browser, url, shot)
            assert path.stat().st_size < MOST_BYTES, f"{path.name} is too large"
            print(f"{path.name}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
