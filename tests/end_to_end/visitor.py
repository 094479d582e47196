"""Somebody in front of the portal: goes to pages, reads, presses, types."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from portal.demo.network import PASSWORD
from tests.end_to_end.inspection import Inspector
from tests.end_to_end.words import Say

TABS_MOST = 80
Seen = set[tuple[str, ...]]


class Visitor:
    """A browser of one person. Every page that they come to is inspected, each once a language and width."""

    def __init__(self, context: BrowserContext, url: str, say: Say, language: str, seen: Seen) -> None:
        self.context, self.url, self.say, self.language, self.seen = context, url, say, language, seen
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.inspector = Inspector(self.page, urlsplit(url).netloc)
        self.has_scripts = True

    def go(self, path: str) -> Response:
        """Open an address of the portal."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        self.arrive()
        return answer

    def reopen(self, path: str) -> Response:
        """Close the tab and open the address in a new one, in the same browser."""
        self.page.close()
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.inspector = Inspector(self.page, urlsplit(self.url).netloc)
        return self.go(path)

    def arrive(self) -> None:
        """Look at the page that was reached."""
        self.page.wait_for_load_state()
        width = (self.page.viewport_size or {}).get("width", 0)
        heading = self.page.locator("h1").first.inner_text()
        place = (self.language, str(width), urlsplit(self.page.url).path, heading)
        if self.has_scripts and place not in self.seen:
            self.seen.add(place)
            self.inspector.inspect()

    def log_in(self, email: str) -> None:
        """Fill in the log-in form with the keyboard."""
        self.page.goto(f"{self.url}/login")
        self.fill_in(email)

    def fill_in(self, email: str) -> None:
        """Fill in the log-in form of the present page."""
        self.page.locator("[name=email]").focus()
        self.page.keyboard.type(email)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(PASSWORD)
        self.leaving(lambda: self.page.keyboard.press("Enter"))

    def leaving(self, act: Callable[[], object]) -> None:
        """Do what leads to another page, and arrive there."""
        with self.page.expect_navigation():
            act()
        self.arrive()

    def link(self, words: str) -> Locator:
        """The first link of the page's content with these words."""
        return self.page.locator("main").get_by_role("link", name=words, exact=True).first

    def button(self, words: str) -> Locator:
        """The first button of the page's content that is called so in English."""
        return self.page.locator("main").get_by_role("button", name=self.say(words), exact=True).first

    def follow(self, words: str) -> None:
        """Follow a link of the content by mouse."""
        self.leaving(self.link(words).click)

    def press(self, words: str) -> None:
        """Press a button that leads on."""
        self.leaving(self.button(words).click)

    def field(self, name: str) -> Locator:
        """A field of the form, by its name."""
        return self.page.locator(f"main [name='{name}']")

    def search(self, words: str) -> None:
        """Search by keyboard from wherever they are."""
        self.page.keyboard.press("/")
        expect(self.page.locator("#site-search, main [type=search]").first).to_be_visible()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)
        self.leaving(lambda: self.page.keyboard.press("Enter"))

    def tab_to(self, goal: Locator) -> None:
        """Go to an element with the Tab key alone."""
        handle = goal.element_handle()
        for _ in range(TABS_MOST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("element => element === document.activeElement", handle):
                return
        raise AssertionError(f"{goal} can't be reached by keyboard")

    def sees(self, *words: str) -> bool:
        """Whether the page's content shows all of these words."""
        shown = self.page.locator("main").inner_text()
        return all(one in shown for one in words)
