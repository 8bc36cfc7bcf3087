"""A store held to ontologies/shapes.ttl."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice, repeat
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import pyoxigraph as ox
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, SH
from rdflib.term import Node

from kg.ontology import SR, local_id, ontology_path
from kg.shapes import Shapes
from kg.store import Store, open_store
from kg.store.claims import CLAIMS
from kg.store.rdf import ACTORS, ONTOLOGY, node

__all__ = ["Violation", "find_violations", "validate", "validate_location"]

ARTICLES_AT_ONCE = 200
SHARED = 5000  # articles from which processes beside this one are worth their start
_SR = Namespace(SR)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong at one node of the graph, with the article and the quote that it belongs to.

    `article` is `None` for a claim, and for what stands in no article's graph.
    """

    article: str | None
    quote: str | None
    message: str
    node: str

    def __str__(self) -> str:
        where = "outside articles" if self.article is None else self.article
        return f"{where}: {self.message} ({self.node})" + (f": {self.quote}" if self.quote else "")


def validate(store: Store) -> list[Violation]:
    """What in the store contradicts the shapes, by article, and what stands in no article's graph.

    A quick test finds the articles with something wrong; pySHACL says of these what it is. Empty where all
    is well.
    """
    graphs = _list_graphs(store)
    return _sorted(chain(_find_strays(store, graphs), _check(store, graphs)))


def validate_location(location: str | Path) -> list[Violation]:
    """What `validate` finds in the store at a folder or URL; many articles are shared out among the cores.

    Raises: StoreError.
    """
    with open_store(location, read_only=True) as store:
        graphs = _list_graphs(store)
        strays = list(_find_strays(store, graphs))
        if len(graphs) < SHARED:
            return _sorted(chain(strays, _check(store, graphs)))
    cores = len(os.sched_getaffinity(0))
    parts = [graphs[first::cores] for first in range(cores)]
    with ProcessPoolExecutor(cores, get_context("spawn")) as processes:
        found = processes.map(_check_location, repeat(location), parts)
        return _sorted(chain(strays, *found))


def _list_graphs(store: Store) -> list[tuple[str | None, str]]:
    """The graphs to check: that of the claims, and each article's with its id."""
    rows = _rows(store, "SELECT ?article { GRAPH ?article { ?article a sr:Article } }")
    return [(None, CLAIMS.value), *sorted((local_id(graph.value), graph.value) for (graph,) in rows)]


def _find_strays(store: Store, graphs: Iterable[tuple[str | None, str]]) -> Iterator[Violation]:
    """The statements and articles that stand in another graph than an article's, or in none."""
    known = {graph for article, graph in graphs if article is not None}
    for kind in ("sr:Statement", "sr:Article"):
        held = _rows(store, f"SELECT ?node ?graph {{ GRAPH ?graph {{ ?node a {kind} }} }}")
        places = [(node, graph.value) for node, graph in held if graph.value not in known]
        nowhere = f"?node a {kind} FILTER NOT EXISTS {{ GRAPH ?graph {{ ?node a {kind} }} }}"
        places += [(node, "the default graph") for (node,) in _rows(store, f"SELECT ?node {{ {nowhere} }}")]
        for stray, place in places:
            message = f"what is told must stand in the graph of its article, not in {place}"
            yield Violation(None, None, message, stray.value)


def _rows(store: Store, select: str) -> Iterator[tuple[ox.NamedNode, ...]]:
    return cast("Iterator[tuple[ox.NamedNode, ...]]", store.query(select))


def _check_location(location: str | Path, graphs: Sequence[tuple[str | None, str]]) -> list[Violation]:
    with open_store(location, read_only=True) as store:
        return _check(store, graphs)


def _check(store: Store, graphs: Iterable[tuple[str | None, str]]) -> list[Violation]:
    context = [quad for graph in (ONTOLOGY, ACTORS) for quad in store.quads(graph) if _is_shared(quad)]
    shapes = Shapes(context)
    wrong = (
        (article, graph)
        for article, name in graphs
        if not shapes.conforms(store.quads(graph := ox.NamedNode(name)))
    )
    violations: list[Violation] = []
    while some := list(islice(wrong, ARTICLES_AT_ONCE)):
        named = dict(some)
        told = list(find_violations({name: store.quads(graph) for name, graph in some}, context))
        violations += told
        # Among others an article may find what it lacks, or a node that it shares be told as theirs.
        for name in named.keys() - {each.article for each in told}:
            violations += find_violations({name: store.quads(named[name])}, context)
    return violations


def _sorted(violations: Iterable[Violation]) -> list[Violation]:
    return sorted(violations, key=lambda found: tuple(map(str, (found.article, found.node, found.message))))


def find_violations(
    articles: Mapping[str | None, Iterable[ox.Quad]], context: Iterable[ox.Quad]
) -> Iterator[Violation]:
    """What pySHACL finds in graphs by the id of their article, `None` for claims; they share `context`."""
    from pyshacl import validate as check  # noqa: PLC0415  (half a second to import)

    graph = Graph()
    owners: dict[Node, str | None] = {}
    for article, quads in articles.items():
        for triple in map(_triple, quads):
            owners.setdefault(triple[0], article)
            graph.add(triple)
    for triple in map(_triple, context):
        graph.add(triple)
    shapes = Graph().parse(ontology_path("shapes.ttl"))
    conforms, results, _ = check(graph, shacl_graph=shapes, inference="none", inplace=True)
    if not conforms:
        yield from _violations(results, graph, owners)


def _is_shared(quad: ox.Quad) -> bool:
    """Whether it tells of a class or a type that the shapes ask for."""
    kind = isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(SR)
    return kind and quad.predicate in {node("rdf:type"), node("rdfs:subClassOf")}


def _violations(results: Graph, data: Graph, owners: Mapping[Node, str | None]) -> Iterator[Violation]:
    """What pySHACL tells, once for each wrong value: it tells every constraint that the value breaks."""
    told: dict[tuple[Node | None, str], set[Node | None]] = defaultdict(set)
    for result in results.subjects(RDF.type, SH.ValidationResult):
        node, value = results.value(result, SH.focusNode), results.value(result, SH.value)
        told[node, str(results.value(result, SH.resultMessage))] |= {value} - {None, node}
    for (node, message), values in told.items():
        statement = URIRef(str(node).split("#")[0])
        quote = data.value(statement, PROV.wasDerivedFrom) or node
        text = data.value(quote, _SR.text)
        for ending in sorted(f", not {value}" for value in values) or [""]:
            yield Violation(
                article=owners.get(node or statement),
                quote=None if text is None else str(text),
                message=message + ending,
                node=str(node),
            )


def _triple(quad: ox.Quad) -> tuple[Node, Node, Node]:
    return _term(quad.subject), URIRef(quad.predicate.value), _term(quad.object)


def _term(term: object) -> Node:
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype == node("xsd:string")
        return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value))
    return URIRef(term.value if isinstance(term, ox.NamedNode) else str(term))
