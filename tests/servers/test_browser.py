import io

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright

from tests.servers.browser import launch_chromium, unpack_chromium

UMLAUTS = "<html lang=de><title>Größe</title><body><p id=a>äöüÄÖÜß</p><p id=b>aouAOUs</p></body></html>"


def test_browser_knows_umlauts(page: Page) -> None:
    page.set_content(UMLAUTS)
    assert page.title() == "Größe"
    assert page.evaluate("document.querySelector('#a').textContent.length") == 7


@pytest.mark.slow
def test_browser_from_npm_draws_umlauts(playwright: Playwright) -> None:
    browser = launch_chromium(playwright, unpack_chromium())
    page = browser.new_page()
    page.set_content(UMLAUTS)
    with_dots, without_dots = (_take_picture(page, selector) for selector in ("#a", "#b"))
    browser.close()
    assert with_dots.getextrema() == (0, 255)
    assert with_dots.tobytes() != without_dots.tobytes()


def _take_picture(page: Page, selector: str) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(selector).screenshot())).convert("L")
