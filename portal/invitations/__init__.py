"""Getting in: invitations, requests for access and the lists that many are invited by."""
