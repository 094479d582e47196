from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from plugins.initiatives import plugin
from plugins.initiatives.models import Profile
from plugins.initiatives.services.completeness import WANTED, measure_completeness
from plugins.initiatives.services.documents import list_documents, list_readable
from plugins.initiatives.services.health import list_checks
from plugins.initiatives.services.profiles import TYPE
from portal.audit.models import AuditEntry
from portal.sdk.access import anonymous
from portal.sdk.contributions import SearchDocument
from portal.sdk.database import session, utcnow
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import SECRET_MAIL, SECRET_STREET, make_profile


def only_document() -> SearchDocument:
    [document] = list_documents(None)
    return document


def test_list_documents_knows_text_and_facets(network: Network) -> None:
    make_profile("suedwerk", text="## Wir\n\n**Fachkräftegewinnung** in der Region", laender=["NI", "HE"])
    document = only_document()
    assert "Fachkräftegewinnung in der Region" in document.body
    assert (document.title, document.url) == ("Südwerk Göttingen", "/initiatives/suedwerk")
    assert document.facets["land"] == ("HE", "NI")


def test_list_documents_leaves_the_contact_out(nordwerk: Profile) -> None:
    document = only_document()
    assert SECRET_MAIL not in repr(document)
    assert SECRET_STREET not in repr(document)


def test_list_documents_of_a_draft_names_only_its_own_people(draft: Profile) -> None:
    own = {f"organisation:{draft.organisation_id}:editor", "permission:initiatives.review"}
    assert only_document().readers == own


def test_list_documents_since_gives_only_what_changed(nordwerk: Profile) -> None:
    assert list(list_documents(utcnow())) == []


@pytest.mark.parametrize(("who", "reads"), [("editor", True), ("editorial", True), ("member", False), ("other", False)])
def test_list_readable_agrees_with_the_page(draft: Profile, network: Network, who: str, reads: bool) -> None:
    keys = [(TYPE, str(draft.id)), (TYPE, "999"), (TYPE, "x"), ("events.event", "1")]
    assert list_readable(network.actor(who), keys) == ({keys[0]} if reads else set())


def test_list_readable_gives_published_profiles_to_the_public(nordwerk: Profile) -> None:
    assert list_readable(anonymous(), [(TYPE, str(nordwerk.id))]) == {(TYPE, str(nordwerk.id))}


def test_measure_completeness_names_what_helps_most(nordwerk: Profile) -> None:
    found = measure_completeness(nordwerk)
    assert found.missing[:2] == ["topics", "offers"]
    assert found.percent == round(100 * (len(WANTED) - len(found.missing)) / len(WANTED))


def test_hooks_name_everything_after_the_plugin(network: Network) -> None:
    names = [*(one.name for one in plugin.portal_permissions()), *(one.name for one in plugin.portal_search_types())]
    assert all(name.startswith("initiatives.") for name in names)
    assert {slot.place for slot in plugin.portal_slots()} == {"organisation", "member"}


def test_health_is_told_in_the_readers_language(app: Flask, nordwerk: Profile) -> None:
    with app.test_request_context(), force_locale("de"):
        assert [check.name for check in list_checks()] == ["Profile", "Orte auf der Karte"]


def test_audit_entries_name_the_organisation(nordwerk: Profile) -> None:
    entries = session.scalars(select(AuditEntry).where(AuditEntry.subject_type == TYPE)).all()
    assert {entry.action.rsplit("_")[-1]: entry.details["name"] for entry in entries} == {
        "created": "Nordwerk e. V.",
        "published": "Nordwerk e. V.",
    }
