"""Neither the search nor any page tells somebody anything of what they may not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.search import views
from plugins.search.services import changes, indexing, searching
from plugins.search.whoosh_index import WhooshIndex
from portal.extensions import limiter
from portal.login.loader import load_actor
from portal.permissions.actor import Actor, anonymous
from portal.sdk.contributions import SearchDocument
from tests.security import canaries
from tests.security.canaries import READERS, ROLES
from tests.security.expectations import ALL_ROWS, Row
from tests.security.forgetting import forget_what_is_hidden, list_protected_models
from tests.security.stage import Stage

FINDABLE = (
    *(canaries.DRAFT, canaries.INTERNAL, canaries.MEMBER_PART, canaries.PARTICIPANTS_PART, canaries.TEAM_PART),
    *(canaries.INNER_EVENT, canaries.INNER_FILE, canaries.DRAFT_PROFILE, canaries.INNER_PROFILE),
)
NEVER_FOUND = (canaries.OLD_TEXT, canaries.CONSENT, canaries.OWN_STREET, "7700881", "Gesperrt")
NOTHING = "Xylemquarzit"
QUESTIONS = (
    *FINDABLE,
    *("Bonn", "Netzwerktreffen", "Bonn Treffen", "Offenes", "Begr*", '"gut in Bonn"', "Norden OR Bonn", "Bonn -gut"),
    *("type:event Bonn", "type:nonsense Bonn", "Notizen", "Göttingen", "2025", "Quast*", "Quastenflossr"),
)
ORDERS = ("", "&sort=date", "&page=2", "&type=events.section")


@pytest.fixture
def index(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], WhooshIndex]]:
    """``index("name")``: a fresh index of the database as it is now, which the page uses from then on."""

    opened: list[WhooshIndex] = []

    def build(name: str) -> WhooshIndex:
        built = WhooshIndex(tmp_path / name)
        opened.append(built)
        indexing.rebuild(built, lambda count: None)
        monkeypatch.setattr(views, "find_index", lambda: built)
        return built

    yield build
    for one in opened:
        one.close()


def actor_of(stage: Stage, role: str) -> Actor:
    """The acting member of a role."""
    return (load_actor(stage.world.tokens[role]) if role in stage.world.tokens else None) or anonymous()


def search(stage: Stage, role: str, question: str, rest: str = "") -> str:
    """The page of results, without what differs each time."""
    limiter.reset()
    answer = stage.client(role).get(f"/search/?q={quote(question)}{rest}")
    assert answer.status_code == 200
    return plain(answer.text)


def plain(html: str) -> str:
    """A page without nonces and tokens."""
    return re.sub(r'(nonce|name="csrf_token" value)="[^"]*"', "", html)


@pytest.mark.parametrize("role", ROLES)
def test_search_index_finds_each_secret_for_its_readers_alone(
    stage: Stage, index: Callable[[str], WhooshIndex], role: str
) -> None:
    index("all")
    nothing = search(stage, role, NOTHING)
    told = {word for word in FINDABLE if search(stage, role, word).replace(word, NOTHING) != nothing}
    assert told == {word for word in FINDABLE if role in READERS[word]}


@pytest.mark.parametrize("word", NEVER_FOUND)
def test_search_index_finds_what_is_no_text_for_nobody(
    stage: Stage, index: Callable[[str], WhooshIndex], word: str
) -> None:
    index("all")
    assert search(stage, "admin", word).replace(word, NOTHING) == search(stage, "admin", NOTHING)


@pytest.mark.parametrize("role", ROLES)
def test_search_documents_and_answers_of_plugins_agree(stage: Stage, role: str) -> None:
    actor = actor_of(stage, role)
    documents = list_documents()
    open_ones = {(one.type, one.id) for one in documents if actor.principals & one.readers}
    assert searching.find_readable(actor, [(one.type, one.id) for one in documents]) == open_ones


@pytest.mark.parametrize("role", ROLES)
def test_search_documents_that_one_may_read_hold_no_secret(stage: Stage, role: str) -> None:
    actor = actor_of(stage, role)
    own = [one for one in list_documents() if actor.principals & one.readers]
    wrong = {one.url: found for one in own if (found := canaries.leaks(role, repr(one), ""))}
    assert own
    assert wrong == {}


def list_documents() -> list[SearchDocument]:
    """What the plugins in force give to the index."""
    return [one for owner in changes.list_owners() for one in indexing.list_documents(owner, None)]


@pytest.mark.parametrize("role", ["anonymous", "member", "other"])
def test_search_index_is_the_same_without_what_is_hidden(
    stage: Stage, index: Callable[[str], WhooshIndex], role: str
) -> None:
    questions = [(question, rest) for question in QUESTIONS for rest in ORDERS]
    index("whole")
    whole = [search(stage, role, *question) for question in questions]
    assert forget_what_is_hidden(actor_of(stage, role)) > 20
    index("rest")
    differs = [pair for pair, page in zip(questions, whole, strict=True) if search(stage, role, *pair) != page]
    assert differs == []


@pytest.mark.parametrize("role", ["anonymous", "member"])
def test_every_page_is_the_same_without_what_is_hidden(stage: Stage, role: str) -> None:
    rows = [row for row in ALL_ROWS if row.method == "GET" and row.endpoint not in ("events.static", "static")]
    whole = {str(row): ask(stage, row, role) for row in rows}
    assert forget_what_is_hidden(actor_of(stage, role)) > 20
    assert [str(row) for row in rows if ask(stage, row, role) != whole[str(row)]] == []


def ask(stage: Stage, row: Row, role: str) -> tuple[int, str]:
    """What the page says, and how it was answered."""
    answer = stage.visit(row, role)
    return answer.status_code, plain(answer.get_data().decode("utf-8", "replace"))


def test_forgetting_knows_every_protected_thing() -> None:
    assert {"Attachment", "Event", "Pitch", "Profile", "Result", "Section"} <= {
        model.__name__ for model in list_protected_models()
    }
