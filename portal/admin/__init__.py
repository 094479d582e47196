"""Pages of administration, over the other rooms' services."""
