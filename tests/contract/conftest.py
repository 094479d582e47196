from tests.fixtures.foreign import foreign_distribution

__all__ = ["foreign_distribution"]
