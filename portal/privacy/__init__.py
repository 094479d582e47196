"""What the law gives to members: their data in a file, and being forgotten."""
