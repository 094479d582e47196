"""Taking, comparing and restoring snapshots."""
