"""Writing to the outbox and sending from it."""
