"""The internal area of a network of organisations: the core that knows members, login, permissions and organisations."""

__version__ = "0.1.0"
DISTRIBUTION = "member-portal"
