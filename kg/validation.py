"""A store held to ontologies/shapes.ttl."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, SH
from rdflib.term import Node

from kg.ontology import SR, article_iri, ontology_path
from kg.store.base import Store
from kg.store.rdf import ACTORS, ONTOLOGY, node

__all__ = ["Violation", "validate"]

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
    """What in the store contradicts the shapes, by article; empty where all is well."""
    from pyshacl import validate as check  # noqa: PLC0415  (half a second to import)

    shapes = Graph().parse(ontology_path("shapes.ttl"))
    context = list(_context(store))
    violations: list[Violation] = []
    articles = (article.id for article in store.articles())
    while some := list(islice(articles, ARTICLES_AT_ONCE)):
        graph = Graph()
        owners: dict[Node, str] = {}
        for article in some:
            for quad in store.quads(ox.NamedNode(article_iri(article))):
                triple = _triple(quad)
                owners.setdefault(triple[0], article)
                graph.add(triple)
        for triple in context:
            graph.add(triple)
        conforms, results, _ = check(graph, shacl_graph=shapes, inference="none", inplace=True)
        if not conforms:
            violations.extend(_violations(results, graph, owners))
    return sorted(violations, key=lambda found: tuple(map(str, (found.article, found.node, found.message))))


def _context(store: Store) -> Iterator[tuple[Node, Node, Node]]:
    """What the shapes need to know of the classes and of the actors that all articles share."""
    for graph in (ONTOLOGY, ACTORS):
        for triple in map(_triple, store.quads(graph)):
            if triple[1] in {RDF.type, RDFS.subClassOf} and str(triple[2]).startswith(SR):
                yield triple


def _violations(results: Graph, data: Graph, owners: dict[Node, str]) -> Iterator[Violation]:
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
