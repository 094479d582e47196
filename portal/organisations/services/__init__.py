"""What can be done with organisations and memberships."""
