"""One tagger for all tests of the stage."""

import pytest

from skazal.tagging import Tagger


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    return Tagger.load()
