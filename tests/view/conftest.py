"""Pages to open in a browser."""

import sys
from pathlib import Path

import pytest

from kg.view import draw_page

sys.path.append(str(Path(__file__).parents[1] / "graph"))


@pytest.fixture(scope="session")
def drawn(tmp_path_factory):
    """The path of a page with 60 statements between 16 states, in Romanian."""
    from synthetic import generate

    statements, articles = generate(60, 16)
    return draw_page(statements, articles, tmp_path_factory.mktemp("page") / "graph.html", language="ro")


@pytest.fixture
def page(chromium, drawn):
    return chromium.open(drawn)
