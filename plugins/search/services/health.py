"""How the search is, in one line for the plugins' page."""

from __future__ import annotations

from plugins.search.index import IndexState, SearchIndex
from plugins.search.services.changes import count_changes
from portal.sdk.contributions import Check
from portal.sdk.i18n import gettext as _


def check_index(index: SearchIndex) -> Check:
    """Well when the index answers; the sentence says what it holds or what is done about it."""
    status = index.status()
    if status.state is not IndexState.READY:
        return Check(_("Search index"), False, _("The index is being rebuilt by the job worker."))
    size = round(status.size / 1_000_000, 1)
    text = _(
        "%(documents)s documents, %(size)s MB, %(changes)s changes waiting.",
        documents=status.documents,
        size=size,
        changes=count_changes(),
    )
    return Check(_("Search index"), True, text)
