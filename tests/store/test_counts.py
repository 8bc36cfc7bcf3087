"""The first count is right: plain patterns find each statement once, and events alone where asked for."""

from itertools import product
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from store_factory import ARTICLE, TEXT, make_statement

from kg.model import Article, Polarity, Status
from kg.ontology import article_iri, compact
from kg.query import run_query
from kg.store import EmbeddedStore
from kg.store.claims import CLAIMS
from kg.store.rdf import ACTORS, EDGES, ONTOLOGY

KINDS = list(product(Status, Polarity))
OF_ANYTHING = {"rdf:type", "rdfs:label"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """Two articles that tell the same ten statements, one of each status and polarity, of two event types."""
    with EmbeddedStore.open(tmp_path_factory.mktemp("store")) as opened:
        for article in (ARTICLE, Article("a2", TEXT, "ro", published="2025-06-18")):
            opened.replace(
                article,
                [
                    make_statement(
                        f"{article.id}-{number}-{relation[3:]}",
                        relation,
                        article=article.id,
                        status=status,
                        polarity=polarity,
                    )
                    for number, (status, polarity) in enumerate(KINDS)
                    for relation in ("sr:sendsPersonnelTo", "sr:accuses")
                ],
            )
        yield opened


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("?s a sr:Statement", 40),
        ("?s sr:source ?a ; sr:target ?b", 40),
        ("?s sr:relation ?r ; sr:source ?a ; sr:target ?b", 40),
        ("?s sr:begins ?day", 40),
        ("?s sr:ends ?day", 40),
        ("?s sr:context ?context", 20),
        ("?s a sr:Aid", 20),
        ("?s a sr:Event", 4),
        ("?s a sr:Event, sr:Aid", 2),
        ("?s a sr:Aid ; sr:status sr:asserted ; sr:polarity sr:positive", 2),
        ("?s a sr:Event, ?type . ?type a sr:EventType", 4),
        ("?c a sr:Claim", 2),
        ("?c sr:claimedSource ?a ; sr:claimedTarget ?b ; sr:claimedRelation ?r", 2),
    ],
)
def test_a_plain_pattern_counts_each_once(store: EmbeddedStore, pattern: str, expected: int) -> None:
    [[counted]] = run_query(store, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").texts()

    assert counted == str(expected)


def test_what_is_said_of_statements_is_said_of_nothing_else(store: EmbeddedStore) -> None:
    said = {compact(quad.predicate.value) for quad in store.quads(NamedNode(article_iri("a1")))}
    others = {
        compact(quad.predicate.value)
        for graph in (CLAIMS, EDGES, ACTORS, ONTOLOGY)
        for quad in store.quads(graph)
    }

    assert said & others - OF_ANYTHING <= {"sr:actsFor", "dcterms:title"}


def test_the_edges_are_those_of_events(store: EmbeddedStore, tmp_path: Path) -> None:
    unsure = [kind for kind in KINDS if kind != (Status.ASSERTED, Polarity.POSITIVE)]
    with EmbeddedStore.open(tmp_path) as other:
        other.replace(
            ARTICLE,
            [
                make_statement(f"s{number}", status=status, polarity=polarity)
                for number, (status, polarity) in enumerate(unsure)
            ],
        )
        assert list(other.quads(EDGES)) == []
    assert len(list(store.quads(EDGES))) == 6
