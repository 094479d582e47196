"""What can be done with entries; knows nothing of requests."""
