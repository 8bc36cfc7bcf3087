"""The edges between states that statements stand for, and their ends: CSV, and Excel workbooks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from kg.lexicon import languages
from kg.model import Actor
from kg.ontology import load_ontology
from kg.query import run_query
from kg.records import write_csv
from kg.store.base import Store
from kg.workbooks import write_workbook

__all__ = [
    "Edge",
    "describe_actor",
    "read_edges",
    "write_edges",
    "write_nodes",
    "write_sheets",
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


def write_edges(store: Store, out: Path, *, excel: bool = False) -> None:
    """Writes the edges as CSV, for Excel with a byte order mark."""
    _write_table(_tabulate_edges(store), out, excel=excel)


def write_nodes(store: Store, out: Path, *, excel: bool = False) -> None:
    """Writes the ends of the edges as CSV, with how many statements have each as source and as target."""
    _write_table(_tabulate_nodes(store), out, excel=excel)


def write_sheets(store: Store, out: Path) -> None:
    """Writes an Excel workbook with the edges and their ends."""
    write_workbook({"edges": _tabulate_edges(store), "nodes": _tabulate_nodes(store)}, out)


def _write_table(rows: Iterable[Iterable[object]], out: Path, *, excel: bool) -> None:
    with out.open("w", encoding="utf-8", newline="\r\n") as file:
        write_csv(rows, file, excel=excel)


def _tabulate_edges(store: Store) -> Iterator[Iterable[object]]:
    yield Edge._fields
    yield from read_edges(store)


def _tabulate_nodes(store: Store) -> Iterator[Iterable[object]]:
    edges, actors = read_edges(store), store.actors()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for edge in edges:
        counts[edge.source][0] += edge.statements
        counts[edge.target][1] += edge.statements
    yield "id", *describe_actor("", {}), "as_source", "as_target"
    for code in sorted(counts):
        yield code, *describe_actor(code, actors).values(), *counts[code]
