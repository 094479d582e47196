"""Every page is without barriers and walked by keyboard, in both languages, light and dark, wide and narrow.

Each page is looked at once; which language, colours and width it gets alternates from page to page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.end_to_end.conftest import Meet
from tests.end_to_end.inspection import OVERFLOW
from tests.end_to_end.pages import find_pages, list_endpoints, make_mailed, open_beside
from tests.end_to_end.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("end_to_end")]
WIDTHS = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})
SCHEMES = ("light", "dark")
STARTS = ("/", "/search/?q=Fachkraft", "/initiatives/new", "/me/confirm?next=/me")
COMPARED = "/compare?older=1&newer=2"
ELSEWHERE = {"login.factor_form"}  # looked at on the way in, by test_passkeys
WALK = """() => {
  const wrong = [];
  const shown = ["outlineStyle", "outlineWidth", "boxShadow", "borderColor", "backgroundColor", "textDecorationLine"];
  const look = (one) => { const style = getComputedStyle(one); return shown.map((name) => style[name]).join(); };
  const around = (one) => [one, one.parentElement, one.nextElementSibling, ...(one.labels ?? [])].filter(Boolean);
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")) {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) continue;
    const name = one.outerHTML.slice(0, 90);
    if (one.tabIndex > 0) wrong.push(`out of order: ${name}`);
    const before = around(one).map(look).join();
    one.focus();
    if (document.activeElement !== one) wrong.push(`takes no focus: ${name}`);
    else if (around(one).map(look).join() === before) wrong.push(`shows no focus: ${name}`);
    one.blur();
  }
  return wrong;
}"""


@pytest.fixture(scope="session")
def places(portal_folder: Path, portal_url: str) -> list[str]:
    """Filled by the first walk: an address for each page."""
    return []


def test_every_page_is_open_to_everybody(
    meet: Meet, language: str, portal_folder: Path, portal_url: str, places: list[str]
) -> None:
    admin, guest = meet("admin"), meet()
    if not places:
        places.extend(_find_all(admin, guest, portal_folder, portal_url))
    wrong: list[str] = []
    for number, path in enumerate(places):
        if number % 2 == (language == "en"):
            visitor = guest if path.startswith(("/login", "/invitation")) else admin
            wrong += _look(visitor, path, SCHEMES[number // 2 % 2], WIDTHS[number // 4 % 2])
    assert not wrong, "\n".join(wrong)


def _find_all(admin: Visitor, guest: Visitor, folder: Path, url: str) -> list[str]:
    app = open_beside(folder, url)
    mailed, merging = make_mailed(app)
    inside = find_pages(app, [*STARTS, merging], lambda path: admin.context.request.get(url + path).text())
    for name in ("events.version", "initiatives.revision"):
        inside[f"{name}_compare"] = inside[f"{name}_list"] + COMPARED
    outside = find_pages(app, ["/login", *mailed], lambda path: guest.context.request.get(url + path).text())
    missing = list_endpoints(app) - inside.keys() - outside.keys() - ELSEWHERE
    assert not missing, f"no link leads to {sorted(missing)}"
    return sorted({**outside, **inside}.values())


def _look(visitor: Visitor, path: str, scheme: str, size: dict[str, int]) -> list[str]:
    page, inspector = visitor.page, visitor.inspector
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    answer = page.goto(visitor.url + path)
    status = answer.status if answer else 0
    before = len(inspector.complaints)
    inspector.look(scheme)
    complaints, inspector.complaints[before:] = inspector.complaints[before:], []
    found = [*complaints, *_check(page, visitor.language), *([] if status == 200 else [f"answers {status}"])]
    return [f"{path} ({visitor.language}, {scheme}, {size['width']}): {one}" for one in found]


def _check(page: Page, language: str) -> list[str]:
    page.keyboard.press("Tab")  # from here on the browser shows where the focus is
    facts = {
        "one heading": page.locator("h1").count() == 1,
        "a title": len(page.title()) > 5,
        "its language": page.locator("html").get_attribute("lang") == language,
        "the window's width": page.evaluate(OVERFLOW) <= 0,
    }
    return [f"has not {fact}" for fact, is_so in facts.items() if not is_so] + page.evaluate(WALK)
