from tests.fixtures.foreign import foreign_distribution, guest_app, guest_template

__all__ = ["foreign_distribution", "guest_app", "guest_template"]
