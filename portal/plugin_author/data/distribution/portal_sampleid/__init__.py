"""Sampletitle for the portal."""
