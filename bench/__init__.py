"""Measurements of the portal next to a bare Flask application (`make bench`; figures in docs/measurements.md)."""
