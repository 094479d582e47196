"""Polls, as people use them."""

from portal.sdk.testing import assert_plugin_contract
from portal_umfragen import services


def ask(login):
    form = {"question": "Wann treffen wir uns?", "answers": "Montag\nDienstag"}
    return login({"umfragen.ask"}).post("/umfragen/", data=form)


def test_members_answer_and_then_see_the_results(login):
    ask(login)
    member = login()
    assert "(0)" not in member.get("/umfragen/1").get_data(as_text=True)
    member.post("/umfragen/1/vote", data={"answer": "1"})
    assert "Dienstag (1)" in member.get("/umfragen/1").get_data(as_text=True)


def test_an_answer_can_be_changed(login):
    ask(login)
    member = login()
    for answer in ("0", "1"):
        member.post("/umfragen/1/vote", data={"answer": answer})
    page = member.get("/umfragen/1").get_data(as_text=True)
    assert "Montag (0)" in page and "Dienstag (1)" in page


def test_what_is_not_offered_is_refused(login):
    ask(login)
    assert login().post("/umfragen/1/vote", data={"answer": "7"}).status_code == 400


def test_only_who_may_asks(login):
    assert login().post("/umfragen/", data={"question": "?"}).status_code == 403


def test_off_means_gone(login, toggle):
    member = login()
    toggle("umfragen", False)
    assert member.get("/umfragen/").status_code == 404


def test_contract():
    def fill(member):
        poll = services.create_poll(member, "Wann?", ["Montag", "Dienstag"])
        services.vote(member, poll.id, 1)

    assert_plugin_contract("umfragen", fill)
