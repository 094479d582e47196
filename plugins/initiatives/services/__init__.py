"""What can be done with profiles."""
