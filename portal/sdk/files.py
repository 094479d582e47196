"""Attachments and photos of the core."""
