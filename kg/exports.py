"""A store as a file for other tools."""

import csv
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import networkx as nx
import pyoxigraph as ox

from kg.errors import KGError
from kg.ontology import PREFIXES, load_ontology, nearest
from kg.query import run_query
from kg.store.base import Store

__all__ = ["FORMATS", "export"]

TRIPLES = {"turtle": ox.RdfFormat.TURTLE}
QUADS = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
FORMATS = (*TRIPLES, *QUADS, "csv", "graphml")

_EDGES = """SELECT ?source ?target ?relation ?status ?polarity
  (COUNT(DISTINCT ?statement) AS ?statements) (COUNT(DISTINCT ?graph) AS ?articles)
  (MIN(STR(?date)) AS ?first) (MAX(STR(?date)) AS ?last) WHERE {
  GRAPH ?graph {
    ?statement sr:source ?source ; sr:target ?target ; sr:relation ?relation ;
      sr:status ?status ; sr:polarity ?polarity .
    OPTIONAL { ?article dcterms:issued ?date }
  }
} GROUP BY ?source ?target ?relation ?status ?polarity
ORDER BY ?source ?target ?relation ?status ?polarity"""


class _Edge(NamedTuple):
    """All statements that tell one relation of two actors with one status and polarity."""

    source: str
    target: str
    relation: str
    event_type: str
    status: str
    polarity: str
    statements: int
    articles: int
    first: str
    last: str


def export(store: Store, format: str, out: Path) -> None:  # noqa: A002
    """Writes the store into the file `out`, whose folder must exist.

    `trig`, `nquads` and `jsonld` keep the graph of each article, `turtle` has all triples in one. `csv`
    and `graphml` have one edge for each source, target, relation, status and polarity, with the numbers
    of statements and articles behind it and the first and last day of publication.
    Raises: KGError for an unknown format.
    """
    if format in QUADS:
        ox.serialize(store.quads(), out, format=QUADS[format], prefixes=dict(PREFIXES))
    elif format in TRIPLES:
        triples = dict.fromkeys(quad.triple for quad in store.quads())
        ox.serialize(triples, out, format=TRIPLES[format], prefixes=dict(PREFIXES))
    elif format == "csv":
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_Edge._fields)
            writer.writerows(_edges(store))
    elif format == "graphml":
        nx.write_graphml(_graph(store), out)
    else:
        raise KGError(f"no export format {format}{nearest(format, FORMATS)}; there are {', '.join(FORMATS)}")


def _edges(store: Store) -> list[_Edge]:
    ontology = load_ontology()
    edges = []
    for row in run_query(store, _EDGES).texts():
        source, target, relation, status, polarity, statements, articles, first, last = row
        edges.append(
            _Edge(
                source=unquote(source.removeprefix("actor:")),
                target=unquote(target.removeprefix("actor:")),
                relation=relation,
                event_type=ontology.relation(relation).event_type,
                status=status.removeprefix("sr:"),
                polarity=polarity.removeprefix("sr:"),
                statements=int(statements),
                articles=int(articles),
                first=first,
                last=last,
            )
        )
    return edges


def _graph(store: Store) -> "nx.MultiDiGraph[str]":
    actors = store.actors()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for edge in _edges(store):
        for code in (edge.source, edge.target):
            graph.add_node(code, label=actors[code].label("en") if code in actors else code)
        details = edge._asdict()
        del details["source"], details["target"]
        graph.add_edge(edge.source, edge.target, **details)
    return graph
