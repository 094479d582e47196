"""Sessions, passwords, links and throttling."""
