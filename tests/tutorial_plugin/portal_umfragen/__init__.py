"""Polls for the portal."""
