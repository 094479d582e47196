"""What people can do."""

from datetime import timedelta

from portal.sdk.database import session, utcnow
from portal_sampleid.models import Entry
from portal_sampleid.services.entries import delete_old_entries
from sqlalchemy import select


def test_who_may_writes_and_all_members_read(login):
    login({"sampleid.write"}).post("/sampleid/", data={"title": "Erster Eintrag", "text": "**Wichtig**"})
    reader = login()
    assert "Erster Eintrag" in reader.get("/sampleid/").get_data(as_text=True)
    assert "<strong>Wichtig</strong>" in reader.get("/sampleid/1").get_data(as_text=True)


def test_others_may_not_write(login):
    assert login().post("/sampleid/", data={"title": "Nein"}).status_code == 403


def test_the_public_is_sent_to_log_in(client):
    assert "/login" in client.get("/sampleid/").headers["Location"]


def test_an_entry_needs_a_title(login):
    answer = login({"sampleid.write"}).post("/sampleid/", data={"title": " ", "text": "Getippt"})
    assert answer.status_code == 400
    assert "Getippt" in answer.get_data(as_text=True)


def test_programs_get_entries(login):
    login({"sampleid.write"}).post("/sampleid/", data={"title": "Erster Eintrag"})
    assert [one["title"] for one in login().get("/api/v1/sampleid/").get_json()] == ["Erster Eintrag"]


def test_old_entries_stay_unless_the_setting_says_otherwise(portal_app):
    session.add(Entry(title="Alt", audience=["member"], changed_at=utcnow() - timedelta(days=900)))
    assert delete_old_entries() == 0
    assert session.scalars(select(Entry.title)).all() == ["Alt"]


def test_off_means_gone(login, toggle):
    browser = login()
    assert browser.get("/sampleid/").status_code == 200
    toggle("sampleid", False)
    assert browser.get("/sampleid/").status_code == 404
