"""Tests of plugins/events."""
