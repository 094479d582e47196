"""What can't be said just now is mailed later, and whoever ends digests gets none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from portal.database import unit_of_work
from portal.notices import messages
from portal.notices.models import Notice
from portal.notices.services import sending
from portal.notices.services.overflow import is_wanted
from portal.notices.services.telling import notify
from portal.notices.signing import ALL_DIGESTS, sign
from portal.permissions.actor import system
from tests.fixtures.client import PortalClient
from tests.fixtures.people import Network
from tests.portal.notices.conftest import NEXT_MORNING, Mails, notices_of

RIGHTS = "members.rights_changed"
LogIn = Callable[..., PortalClient]
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


def end_digests(client: PortalClient, network: Network, who: str) -> None:
    assert (
        client.post(f"/notices/unsubscribe/{sign(network.member(who).id, ALL_DIGESTS)}", csrf=False).status_code == 200
    )


def test_ending_digests_ends_those_of_too_many_mails(
    client: PortalClient, network: Network, digest: Digest, sent: Mails
) -> None:
    tell_rights(network, "member", 7)
    end_digests(client, network, "member")
    assert digest(LATER) == []
    tell_rights(network, "member", 2)
    assert len(sent) == 5 and {one.waits for one in notices_of(network, "member")} == {""}


def test_ending_digests_counts_for_what_is_renewed(client: PortalClient, network: Network, sent: Mails) -> None:
    end_digests(client, network, "member")
    for _ in range(2):
        with unit_of_work():
            people = [network.member(one).id for one in ("member", "editor")]
            notify(system(), RIGHTS, people, "1", "/me", {"roles": []}, once="unread")
    assert len(sent) == 2
    assert [notices_of(network, one)[0].waits for one in ("member", "editor")] == ["", "daily"]


def test_what_was_refused_can_be_taken_back(client: PortalClient, login: LogIn, network: Network) -> None:
    end_digests(client, network, "member")
    browser = login("member")
    browser.post("/me/notices/settings", data={RIGHTS: "at_once"})
    assert not is_wanted(network.member("member").id)
    browser.post("/me/notices/settings", data={"overflow": ["portal", "daily"]})
    assert is_wanted(network.member("member").id)


def test_refusing_keeps_in_the_portal_what_was_too_much(login: LogIn, network: Network, digest: Digest) -> None:
    tell_rights(network, "member", 7)
    login("member").post("/me/notices/settings", data={"overflow": "portal"})
    assert not is_wanted(network.member("member").id) and digest(LATER) == []


def test_very_many_are_one_digest(
    network: Network, digest: Digest, sent: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "AT_MOST", 2, raising=False)
    tell_rights(network, "member", 9)
    sent.clear()
    assert digest(LATER) == ["member"] and digest(LATER + timedelta(minutes=15)) == []
    assert "/me/notices\n" in sent[0][2]
    assert sum(bool(one.sent_at) for one in notices_of(network, "member")) == 7
