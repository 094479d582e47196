"""Recording and reading the audit log."""
