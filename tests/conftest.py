"""What all tests share: one parser, so that a pipeline is loaded once, and no time limits."""

import pytest
from hypothesis import settings

from kg.parse import Parser

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def parser():
    return Parser()
