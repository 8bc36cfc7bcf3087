"""What a store is: a place for statements that can be asked in SPARQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from kg.model import Actor, Article, Statement

__all__ = ["Answer", "Dataset", "Store"]

Answer = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a question is about: those that patterns without GRAPH look into, and the others."""

    default: Sequence[NamedNode | BlankNode | DefaultGraph]
    named: Sequence[NamedNode | BlankNode]


class Store(Protocol):
    """One named graph per article, a graph of derived edges, and the ontology, for questions.

    What is derived is made anew before the next question after a change, and when the store is closed.
    """

    def load(self, articles: Iterable[tuple[Article, Iterable[Statement]]]) -> None:
        """Puts many articles, each with its statements, in the place of what was stored of them.

        Whatever happens, an article is stored whole or not at all; after the return, all are stored.
        """
        ...

    def replace(self, article: Article, statements: Iterable[Statement]) -> None:
        """Puts the article with these statements in the place of what was stored of it."""
        ...

    def remove(self, *articles: str) -> int:
        """Takes the articles out; how many of them were there."""
        ...

    def digests(self, articles: Iterable[str]) -> Mapping[str, str]:
        """The digests of the texts of those of the articles that are stored, by id; empty where unknown."""
        ...

    def derive(self) -> None:
        """Makes the graph of edges anew from all that is stored."""
        ...

    def articles(self) -> Iterator[Article]:
        """The articles, without their texts, in the order of their IRIs."""
        ...

    def statements(self, *articles: str) -> Iterator[Statement]:
        """The statements of these articles or of all, in the order of the text."""
        ...

    def actors(self) -> Mapping[str, Actor]:
        """The actors of ontologies/actors.ttl by id, as this store has them."""
        ...

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """What is in one graph, or all: the articles, the ontology, the actors, the edges."""
        ...

    def query(self, sparql: str) -> Answer:
        """The answer to a question in SPARQL; a pattern without GRAPH looks into all graphs.

        The prefixes of `kg.ontology.PREFIXES` need no declaration. Raises: SyntaxError.
        """
        ...

    def close(self) -> None:
        """Finishes what was begun and lets go of the store; nothing can be asked after."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
