"""Short notes for all members."""
