"""Plugins: found, checked, gated, migrated, isolated. Loaded once, switched while everybody works."""
