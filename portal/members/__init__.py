"""People, with or without an account."""
