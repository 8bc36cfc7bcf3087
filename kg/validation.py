"""A store held to ontologies/shapes.ttl."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

import pyoxigraph as ox
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, SH
from rdflib.term import Node

from kg.ontology import SR, article_iri, ontology_path
from kg.shapes import Shapes
from kg.store.base import Store
from kg.store.claims import CLAIMS
from kg.store.rdf import ACTORS, ONTOLOGY, node

__all__ = ["Violation", "find_violations", "validate"]

ARTICLES_AT_ONCE = 200
_SR = Namespace(SR)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong at one node of the graph, with the article and the quote that it belongs to."""

    article: str | None
    quote: str | None
    message: str
    node: str

    def __str__(self) -> str:
        return f"{self.article}: {self.message} ({self.node}): {self.quote}"


def validate(store: Store) -> list[Violation]:
    """What in the store contradicts the shapes, by article; empty where all is well.

    A quick test finds the articles with something wrong; pySHACL says of these what it is.
    """
    context = [quad for graph in (ONTOLOGY, ACTORS) for quad in store.quads(graph) if _is_shared(quad)]
    shapes = Shapes(context)
    articles = ((article.id, ox.NamedNode(article_iri(article.id))) for article in store.articles())
    graphs = chain(articles, [(None, CLAIMS)])
    wrong = ((article, graph) for article, graph in graphs if not shapes.conforms(store.quads(graph)))
    violations: list[Violation] = []
    while some := list(islice(wrong, ARTICLES_AT_ONCE)):
        violations += find_violations({article: store.quads(graph) for article, graph in some}, context)
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
    for result in results.subjects(RDF.type, SH.ValidationResult):
        node = results.value(result, SH.focusNode)
        message = str(results.value(result, SH.resultMessage))
        value = results.value(result, SH.value)
        statement = URIRef(str(node).split("#")[0])
        quote = data.value(statement, PROV.wasDerivedFrom) or node
        text = data.value(quote, _SR.text)
        yield Violation(
            article=owners.get(node or statement),
            quote=None if text is None else str(text),
            message=message if value is None else f"{message}, not {value}",
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
