"""Versions of anything: snapshots that can be compared and restored, and the conflict when two edit at once."""
