"""Plugins: found, checked, gated, migrated, isolated. Loaded once at start, switched by the database while everybody works."""
