from tests.fixtures.foreign import foreign_distribution, guest_app, other_worker

__all__ = ["foreign_distribution", "guest_app", "other_worker"]
