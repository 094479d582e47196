"""What must hold on every page that is visited, whoever visits it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Colours on their way from light to dark would be read as poor contrast, and what inherits one starts a frame
# after what it inherits from: the page is still only when nothing moved for some frames.
RUN_AXE = """async () => {
  for (let still = 0, frames = 0; still < 4 && frames < 120; frames++) {
    await new Promise(requestAnimationFrame);
    const moving = document.getAnimations();
    moving.forEach((one) => one.finish());
    still = moving.length ? 0 : still + 1;
  }
  return await axe.run(document, {
    runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    resultTypes: ["violations"],
  });
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


class Inspector:
    """Watches a page and notes every complaint."""

    def __init__(self, page: Page, host: str) -> None:
        self.page, self.host = page, host
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._see_request)
        page.on("response", self._see_response)

    def _hear(self, message: ConsoleMessage) -> None:
        # A missing page is told here as well; the response says it better.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{self.page.url}: console: {message.text}")

    def _see_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.complaints.append(f"{self.page.url}: request to another host: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{self.page.url}: {response.status} for {response.url}")

    def inspect(self) -> None:
        """Look for barriers in light and dark, and for a page that is wider than the window."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.look(scheme)
        too_wide = self.page.evaluate(OVERFLOW)
        if too_wide > 0:
            self.complaints.append(f"{self.page.url}: {too_wide} px wider than the window")

    def look(self, scheme: str) -> None:
        """Look for barriers in the colours that the page has now."""
        if "axe" not in self.page.evaluate("Object.keys(window)"):
            self.page.evaluate(_axe_source())
        found: dict[str, Any] = self.page.evaluate(RUN_AXE)
        for violation in found["violations"]:
            places = [f"{node['target']}: {node['failureSummary']}" for node in violation["nodes"]][:3]
            self.complaints.append(f"{self.page.url} ({scheme}): {violation['id']}: {places}")
