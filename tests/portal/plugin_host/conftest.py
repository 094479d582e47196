from tests.fixtures.foreign import foreign_distribution, guest_app, guest_template, other_worker

__all__ = ["foreign_distribution", "guest_app", "guest_template", "other_worker"]
