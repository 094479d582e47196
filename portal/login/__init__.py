"""Getting in and staying in: sessions, passwords, invitations, resets, throttling."""
