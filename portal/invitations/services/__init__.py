"""What can be done with invitations and requests for access."""
