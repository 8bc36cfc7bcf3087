"""Relations between states, read from Romanian and English news, as a graph.

>>> import kg
>>> article = kg.Article("a", "Russia receives sappers from North Korea.", "en")
>>> [found] = kg.extract_statements([article], kg.load_extractor())
>>> [(each.source, each.event_type, each.target) for each in found.statements]
[('PRK', 'AID', 'RUS')]
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.model import Article, Statement

if TYPE_CHECKING:
    from kg.articles import Failure, read_articles
    from kg.graph import relation_graph, telling_graph
    from kg.parse import Parser
    from kg.pipeline import Report, build, extract_statements, load_extractor
    from kg.records import record
    from kg.view.page import draw_page

__all__ = [
    "Article",
    "Failure",
    "KGError",
    "Parser",
    "Report",
    "Statement",
    "build",
    "draw_page",
    "extract_statements",
    "load_extractor",
    "read_articles",
    "record",
    "relation_graph",
    "telling_graph",
]

# Read when first asked for, so that `kg --help` doesn't wait for spaCy.
HOMES = {
    "Failure": "kg.articles",
    "Parser": "kg.parse",
    "Report": "kg.pipeline",
    "build": "kg.pipeline",
    "draw_page": "kg.view.page",
    "extract_statements": "kg.pipeline",
    "load_extractor": "kg.pipeline",
    "read_articles": "kg.articles",
    "record": "kg.records",
    "relation_graph": "kg.graph",
    "telling_graph": "kg.graph",
}


def __getattr__(name: str) -> object:
    if name not in HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(HOMES[name]), name)
