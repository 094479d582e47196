"""The words for fields and readers, said in one place for forms, pages, comparisons and cards."""

from __future__ import annotations

from typing import Any

from portal.sdk.i18n import lazy_gettext as _l

FIELD_TITLES: dict[str, Any] = {
    "claim": _l("Claim"),
    "summary": _l("Summary"),
    "text": _l("About us"),
    "goals": _l("Goals"),
    "projects": _l("Projects"),
    "offers": _l("What we offer"),
    "needs": _l("What we look for"),
    "topics": _l("Topics"),
    "laender": _l("Länder we work in"),
    "sectors": _l("Sectors"),
    "target_groups": _l("Target groups"),
    "legal_form": _l("Legal form"),
    "carrier": _l("Carrier"),
    "founded": _l("Founded in"),
    "website": _l("Website"),
    "mailbox": _l("Mailbox of the initiative"),
    "phone": _l("Telephone"),
    "street": _l("Street and number"),
    "postcode": _l("Postcode"),
    "town": _l("Town"),
    "pin_latitude": _l("Latitude of the pin"),
    "pin_longitude": _l("Longitude of the pin"),
    "reach": _l("Who reads the profile"),
    "contact_reach": _l("Who reads the contact details"),
}

REACH_TITLES: dict[str, Any] = {
    "public": _l("Everybody, also without logging in"),
    "member": _l("Members of the network"),
    "organisation": _l("Only the people of this organisation"),
}
