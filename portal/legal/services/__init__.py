"""Writing, publishing and reading the texts, and agreeing to them."""
