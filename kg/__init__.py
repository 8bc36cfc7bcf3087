"""Relations between states, read from Romanian and English news, as a graph.

>>> import kg
>>> article = kg.Article("a", "Russia receives sappers from North Korea.", "en")
>>> [(each.source, each.event_type, each.target) for each in kg.extract(article)]
[('PRK', 'AID', 'RUS')]

For investigation: `read`, `extract`, `open` and `kg.analysis`. For programs: the other names, which hide
nothing, keep nothing and hand on failures as values.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.model import Article, Statement

if TYPE_CHECKING:
    from kg.articles import Failure, read_articles
    from kg.graph import relation_graph, telling_graph
    from kg.notebook import Articles, Graph, Page, Statements, extract, read
    from kg.notebook import open_graph as open  # noqa: A004
    from kg.parse import Parser
    from kg.pipeline import Report, build, extract_statements, load_extractor
    from kg.records import record
    from kg.view.page import draw_page
else:
    from kg import extract

__all__ = [
    "Article",
    "Articles",
    "Failure",
    "Graph",
    "KGError",
    "Page",
    "Parser",
    "Report",
    "Statement",
    "Statements",
    "build",
    "draw_page",
    "extract",
    "extract_statements",
    "load_extractor",
    "open",
    "read",
    "read_articles",
    "record",
    "relation_graph",
    "telling_graph",
]

# Read when first asked for, so that `kg --help` doesn't wait for spaCy.
HOMES = {
    "Articles": "kg.notebook",
    "Failure": "kg.articles",
    "Graph": "kg.notebook",
    "Page": "kg.notebook",
    "Parser": "kg.parse",
    "Report": "kg.pipeline",
    "Statements": "kg.notebook",
    "build": "kg.pipeline",
    "draw_page": "kg.view.page",
    "extract_statements": "kg.pipeline",
    "load_extractor": "kg.pipeline",
    "open": "kg.notebook",
    "read": "kg.notebook",
    "read_articles": "kg.articles",
    "record": "kg.records",
    "relation_graph": "kg.graph",
    "telling_graph": "kg.graph",
}


def __getattr__(name: str) -> object:
    if name not in HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(HOMES[name]), "open_graph" if name == "open" else name)
