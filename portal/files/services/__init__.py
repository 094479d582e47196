"""What can be done with attachments. Whether a member may do it is decided by the service that owns the subject."""
