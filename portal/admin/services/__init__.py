"""What the pages of administration show and change beyond the other rooms' services."""
