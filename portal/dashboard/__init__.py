"""The start page of members."""
