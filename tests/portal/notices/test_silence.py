"""What can't be said just now is mailed later, and whoever ends digests gets none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from portal.database import unit_of_work
from portal.notices import messages
from portal.notices.models import Notice
from portal.notices.services.telling import notify
from portal.permissions.actor import system
from tests.fixtures.people import Network
from tests.portal.notices.conftest import NEXT_MORNING, Mails, notices_of

RIGHTS = "members.rights_changed"
Join = Callable[[], None]
Digest = Callable[[datetime], list[str]]
LATER = NEXT_MORNING + timedelta(days=365)


@pytest.fixture
def wordless(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """``wordless(kind)``: notices of the kind can't be said for now; ``wordless("")`` ends that."""
    say = messages.sentence_of_notice

    def hush(kind: str) -> None:
        def said(notice: Notice) -> str:
            return "" if notice.kind == kind else say(notice)

        monkeypatch.setattr(messages, "sentence_of_notice", said)

    return hush


def tell_rights(network: Network, who: str, times: int = 1) -> None:
    for number in range(times):
        with unit_of_work():
            notify(system(), RIGHTS, [network.member(who).id], str(number), "/me", {"roles": []})


def test_a_single_mail_without_words_comes_with_the_digest(
    network: Network, wordless: Callable[[str], None], digest: Digest, sent: Mails
) -> None:
    wordless(RIGHTS)
    tell_rights(network, "member")
    wordless("")
    assert sent == [] and [one.waits for one in notices_of(network, "member")] == ["daily"]
    assert digest(LATER) == ["member"]


def test_a_digest_keeps_waiting_what_it_can_not_say(
    joined: Join, network: Network, wordless: Callable[[str], None], digest: Digest
) -> None:
    joined()
    wordless("organisations.member_joined")
    assert digest(NEXT_MORNING) == []
    assert [one.sent_at for one in notices_of(network, "editor")] == [None]
    wordless("")
    assert digest(NEXT_MORNING) == ["coeditor", "editor"]
