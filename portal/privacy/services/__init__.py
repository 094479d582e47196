"""What can be done about one's own data."""
