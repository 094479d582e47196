"""The shared subject list."""
