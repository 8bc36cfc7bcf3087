"""Statements made by hand: who does what to whom, told in an article of that day."""

import sys
from pathlib import Path

import kg
from kg.model import Article

sys.path.append(str(Path(__file__).parents[1] / "graph"))

from synthetic import statement


def tell(*rows, read=()):
    """Statements of rows (source, relation, target[, day or month[, changes]]), each in its own article.

    `read` are days of further articles, which tell nothing.
    """
    statements, articles = [], [Article(day, "", published=day) for day in read]
    for number, (source, relation, target, *more) in enumerate(rows):
        changes = more[1] if len(more) > 1 else {}
        articles.append(Article(f"a{number}", "", published=more[0] if more else None))
        statements.append(statement(f"a{number}", source, target, relation, **changes))
    return kg.Statements(statements, {article.id: article for article in articles})
