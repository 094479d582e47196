from tests.fixtures.foreign import foreign_distribution, guest_app

__all__ = ["foreign_distribution", "guest_app"]
