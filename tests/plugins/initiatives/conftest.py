from __future__ import annotations

import pytest

from plugins.initiatives.models import Profile
from tests.fixtures.people import Network
from tests.plugins.initiatives.samples import make_profile


@pytest.fixture
def nordwerk(network: Network) -> Profile:
    """The published profile of the organisation that "editor" and "coeditor" care for."""
    return make_profile("nordwerk", claim="Boote aus dem Norden")


@pytest.fixture
def draft(network: Network) -> Profile:
    """The same as a draft."""
    return make_profile("nordwerk", is_published=False, claim="Noch geheim")
