"""The seed articles, their statements and a store of them, made once; and statements made up by hand."""

import sys
from pathlib import Path

import pytest

import kg
from kg.model import Article, Polarity, Status
from kg.store import EmbeddedStore

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "graph"))


@pytest.fixture(scope="session")
def told():
    """Five statements of three articles, and what they are."""
    from synthetic import statement

    articles = [
        Article("a", "", "ro", "Geniști", "Agenția", "2024-11-30"),
        Article("b", "", "en", "Sappers", "The Wire", "2025-01"),
        Article("c", "", "en", "Talks", "The Wire", "2025-06-17"),
    ]
    statements = [
        statement("a", "PRK", "RUS"),
        statement("a", "RUS", "UKR", "attacks"),
        statement("b", "PRK", "RUS", "sendsWeaponsTo", status=Status.DENIED),
        statement("c", "PRK", "RUS", status=Status.PLANNED),
        statement("c", "UKR", "PRK", "accuses", polarity=Polarity.NEGATIVE),
    ]
    return kg.Statements(statements, {article.id: article for article in articles})


@pytest.fixture(scope="session")
def store_of_told(told, tmp_path_factory):
    path = tmp_path_factory.mktemp("told") / "store"
    with EmbeddedStore.open(path) as store:
        for article in told.articles.values():
            own = [each for each in told if each.evidence.span.article == article.id]
            store.replace(article, own)
        store.derive()
    return path


@pytest.fixture(scope="module")
def graph(store_of_told):
    with kg.open(store_of_told) as opened:
        yield opened
