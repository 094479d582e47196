"""Keeping the rules, and looking at them."""
