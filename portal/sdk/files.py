"""Attachments and photos: stored, described, found, deleted. Who may is decided by the plugin's own services."""

from portal.files.kinds import accepted_extensions
from portal.files.models import Attachment, Kind
from portal.files.services.deleting import delete_attachment, delete_attachments
from portal.files.services.describing import list_all_attachments, move_attachment, update_attachment, update_audience
from portal.files.services.queries import (
    find_attachment,
    get_attachment,
    list_attachments,
    list_attachments_of,
    list_changed_attachments,
)
from portal.files.services.receiving import Received, receive_file
from portal.files.services.uploading import Description, Subject, create_attachment

__all__ = [
    "Attachment",
    "Description",
    "Kind",
    "Received",
    "Subject",
    "accepted_extensions",
    "create_attachment",
    "delete_attachment",
    "delete_attachments",
    "find_attachment",
    "get_attachment",
    "list_all_attachments",
    "list_attachments",
    "list_attachments_of",
    "list_changed_attachments",
    "move_attachment",
    "receive_file",
    "update_attachment",
    "update_audience",
]
