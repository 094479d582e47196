"""What authors of plugins work with: a new distribution, its texts, a portal to test in, the contract."""
