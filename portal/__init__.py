"""The internal area of a network of organisations: the core knows members, login, permissions, organisations."""

__version__ = "0.1.0"
DISTRIBUTION = "member-portal"
