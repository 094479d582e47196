"""Every answer carries the headers that protect it, and no page holds anything that runs or styles by itself."""

from __future__ import annotations

import pytest

from tests.security.crawling import Visit
from tests.security.markup import is_live
from tests.security.stage import Stage

ERRORS = ("/nowhere", "/events/nowhere", "/files/nowhere/a", "/static/nowhere", "/logout", "/%ff", "/organisations/0")
KEPT = ("public", "immutable")


def find_missing(status: int, headers: dict[str, str]) -> list[str]:
    """The headers that an answer lacks or has wrong."""
    policy = headers.get("Content-Security-Policy", "")
    is_page = headers.get("Content-Type", "").startswith("text/html")
    checks = {
        "policy": "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy,
        "frames": "frame-ancestors 'none'" in policy or "sandbox" in policy or not is_page,
        "base and forms": not is_page or ("base-uri 'none'" in policy and "form-action 'self'" in policy),
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") == "same-origin",
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "cache": "Cache-Control" in headers and (status < 400 or headers["Cache-Control"] == "no-store"),
    }
    return [name for name, is_right in checks.items() if not is_right]


def test_every_answer_carries_the_headers(visits: list[Visit]) -> None:
    wrong = [f"{visit}: {found}" for visit in visits if (found := find_missing(visit.status, dict(visit.headers)))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["anonymous", "member", "admin"])
@pytest.mark.parametrize("path", ERRORS)
def test_every_error_carries_the_headers(stage: Stage, path: str, role: str) -> None:
    answer = stage.client(role).get(path)
    assert 400 <= answer.status_code < 500
    assert find_missing(answer.status_code, dict(answer.headers)) == []


def test_a_refused_form_carries_the_headers(stage: Stage) -> None:
    answer = stage.client("member").post("/me", data={}, csrf=False)
    assert answer.status_code == 400
    assert find_missing(400, dict(answer.headers)) == []


def test_what_others_may_keep_belongs_to_nobody(visits: list[Visit]) -> None:
    kept = [visit for visit in visits if visit.headers["Cache-Control"].startswith("public")]
    wrong = [f"{visit}: Set-Cookie" for visit in kept if "Set-Cookie" in visit.headers]
    wrong += [f"{visit}: a form's token" for visit in kept if visit.is_page and "csrf_token" in visit.text]
    wrong += [f"{visit}: varies" for visit in kept if visit.is_page and "Cookie" not in visit.headers.get("Vary", "")]
    assert not wrong, "\n".join(wrong)
    assert kept


@pytest.mark.parametrize("path", ["/", "/events/", "/events/offenes-netzwerktreffen", "/initiatives/", "/login"])
def test_a_first_visit_gets_a_cookie_only_with_what_nobody_keeps(stage: Stage, path: str) -> None:
    answer = stage.client("anonymous").get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers or answer.headers["Cache-Control"] == "private, no-store"


def test_what_only_a_member_sees_is_kept_by_nobody(visits: list[Visit]) -> None:
    personal = [visit for visit in visits if visit.is_page and visit.role not in ("anonymous", "disabled")]
    wrong = [str(visit) for visit in personal if "no-store" not in visit.headers["Cache-Control"]]
    assert not wrong, "\n".join(wrong)


def test_a_restricted_file_is_kept_by_nobody(visits: list[Visit]) -> None:
    files = [visit for visit in visits if visit.row.endpoint.startswith("files.") and visit.row.state != "published"]
    wrong = [str(visit) for visit in files if visit.headers["Cache-Control"].startswith(KEPT)]
    assert not wrong, "\n".join(wrong)
    assert any(visit.status == 200 for visit in files)


def test_files_can_do_no_harm(visits: list[Visit]) -> None:
    files = [visit for visit in visits if visit.row.endpoint.startswith("files.") and visit.status == 200]
    assert {visit.headers["Content-Security-Policy"] for visit in files} == {"default-src 'none'; sandbox"}
    texts = [visit for visit in files if not visit.headers["Content-Type"].startswith("image/")]
    assert texts
    assert all(visit.headers["Content-Disposition"].startswith("attachment") for visit in texts)


def test_pages_hold_nothing_that_runs_or_styles_by_itself(visits: list[Visit]) -> None:
    pages = [visit for visit in visits if visit.is_page]
    found = {str(visit): visit.markup.handlers + visit.markup.styles + visit.markup.scripts for visit in pages}
    wrong = [f"{name}: {things}" for name, things in found.items() if things]
    assert not wrong, "\n".join(wrong)
    assert len(pages) > 500


def test_pages_lead_to_nothing_that_runs(visits: list[Visit]) -> None:
    addresses = {address for visit in visits if visit.is_page for address in visit.markup.addresses}
    assert [address for address in addresses if is_live(address)] == []
    assert len(addresses) > 100


def test_pages_load_nothing_from_elsewhere(visits: list[Visit]) -> None:
    loaded = {source for visit in visits if visit.is_page for source in visit.markup.sources}
    assert [source for source in loaded if source.startswith(("http:", "https:", "//"))] == []
    assert loaded


def test_no_page_names_two_things_alike(visits: list[Visit]) -> None:
    pages = {f"{visit}": visit.markup.ids for visit in visits if visit.is_page}
    wrong = [f"{name}: {sorted({one for one in ids if ids.count(one) > 1})}" for name, ids in pages.items()]
    assert not [one for one in wrong if not one.endswith(": []")]
    assert any(pages.values())
