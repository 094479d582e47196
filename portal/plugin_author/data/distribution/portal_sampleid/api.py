"""The resources below /api/v1/sampleid/, described at /api/docs."""

from __future__ import annotations

from collections.abc import Sequence

from flask_login import current_user
from marshmallow import Schema, fields
from portal.sdk.access import MEMBER, access
from portal.sdk.api import ApiBlueprint

from portal_sampleid.models import Entry
from portal_sampleid.services import queries

api = ApiBlueprint("sampleid", __name__, "Sampletitle")


class EntrySchema(Schema):
    """An entry."""

    id = fields.Integer()
    title = fields.String()
    text = fields.String()
    changed_at = fields.DateTime()


@api.route("/")
@access(MEMBER)
@api.response(200, EntrySchema(many=True))
def entry_list() -> Sequence[Entry]:
    """The newest entries"""
    return queries.list_entries(current_user)
