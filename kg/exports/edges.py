"""The edges between states that statements stand for, and their ends: CSV, GraphML, GEXF."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import networkx as nx

from kg.lexicon import languages
from kg.model import Actor
from kg.ontology import load_ontology
from kg.query import run_query
from kg.records import csv_line
from kg.store.base import Store

__all__ = [
    "Edge",
    "describe_actor",
    "read_edges",
    "write_edges",
    "write_gexf",
    "write_graphml",
    "write_nodes",
    "write_table",
]

_EDGES = """SELECT ?source ?target ?relation ?status ?polarity
  (COUNT(DISTINCT ?statement) AS ?statements) (COUNT(DISTINCT ?graph) AS ?articles)
  (MIN(STR(?date)) AS ?first) (MAX(STR(?date)) AS ?last) WHERE {
  GRAPH ?graph {
    ?statement a sr:Statement ; sr:source ?source ; sr:target ?target ; sr:relation ?relation ;
      sr:status ?status ; sr:polarity ?polarity .
    OPTIONAL { ?article dcterms:issued ?date }
  }
} GROUP BY ?source ?target ?relation ?status ?polarity
ORDER BY ?source ?target ?relation ?status ?polarity"""


class Edge(NamedTuple):
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


def read_edges(store: Store) -> list[Edge]:
    """The edges that the statements of the store stand for, in the order of their ends."""
    ontology = load_ontology()
    edges = []
    for row in run_query(store, _EDGES).texts():
        source, target, relation, status, polarity, statements, articles, first, last = row
        edges.append(
            Edge(
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


def describe_actor(code: str, actors: Mapping[str, Actor]) -> dict[str, str]:
    """What it is and its names, in the languages of `kg/lang`; the code where it has no name."""
    actor = actors.get(code)
    names = {f"label_{each}": actor.label(each) if actor else code for each in languages()}
    return {"kind": str(actor.kind) if actor else "", "label": actor.label("en") if actor else code, **names}


def write_table(out: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Writes CSV with a header; no cell is a formula to a spreadsheet."""
    with out.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{csv_line(row)}\r\n" for row in (columns, *rows))


def write_edges(store: Store, out: Path) -> None:
    """Writes the edges as CSV."""
    write_table(out, Edge._fields, read_edges(store))


def write_nodes(store: Store, out: Path) -> None:
    """Writes the ends of the edges as CSV, with how many statements have each as source and as target."""
    edges, actors = read_edges(store), store.actors()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for edge in edges:
        counts[edge.source][0] += edge.statements
        counts[edge.target][1] += edge.statements
    columns = ("id", *describe_actor("", {}), "as_source", "as_target")
    rows = ((code, *describe_actor(code, actors).values(), *counts[code]) for code in sorted(counts))
    write_table(out, columns, rows)


def write_graphml(store: Store, out: Path) -> None:
    """Writes the edges and their ends as GraphML."""
    nx.write_graphml(_read_graph(store), out)


def write_gexf(store: Store, out: Path) -> None:
    """Writes the edges and their ends as GEXF."""
    nx.write_gexf(_read_graph(store), out)


def _read_graph(store: Store) -> "nx.MultiDiGraph[str]":
    actors = store.actors()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for edge in read_edges(store):
        for code in (edge.source, edge.target):
            graph.add_node(code, **describe_actor(code, actors))
        details = edge._asdict()
        del details["source"], details["target"]
        graph.add_edge(edge.source, edge.target, **details)
    return graph
