"""What stores share, wherever their graphs lie: statements in, what is derived, statements out."""

import hashlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import pyoxigraph as ox

from kg.errors import OntologyError, StoreError
from kg.model import Actor, Article, Statement
from kg.ontology import DATA, PREFIXES, article_iri, compact, ontology_paths
from kg.store.base import Answer
from kg.store.claims import CLAIMS, TELLINGS, claim_triples, group_tellings, read_tellings
from kg.store.edges import FACTS, Fact, edges_of
from kg.store.rdf import ACTORS, EDGES, ONTOLOGY, node, write
from kg.store.reading import read_actors, read_article, read_statements

__all__ = ["MADE", "SELF", "STALE", "GraphStore", "data"]

FORMAT = 3
TOGETHER = 200  # articles that are asked about at once
SELF = ox.NamedNode(f"{PREFIXES['graph']}store")
# Stored with every change, so that the edges are made anew even after a process that didn't come to it.
STALE = ox.Triple(SELF, node("sr:stale"), EDGES)
_ARTICLES = "SELECT ?article ?p ?o { GRAPH ?article { ?article a sr:Article ; ?p ?o } }"
VOCABULARY = {"state-relations.ttl": ONTOLOGY, "actors.ttl": ACTORS}
MADE = frozenset(graph.value for graph in (SELF, EDGES, CLAIMS, *VOCABULARY.values()))  # by the store itself


class GraphStore(ABC):
    """A `Store` on named graphs, which a subclass reads and writes.

    The graph `SELF` says of the store in which format it is, which vocabulary it has, and whether its
    edges are stale.
    """

    def __init__(self, place: str, *, read_only: bool) -> None:
        self._place = place
        self._read_only = read_only
        self._stale = False

    @abstractmethod
    def _ask(self, sparql: str) -> Answer:
        """The answer as things stand, over the union of the graphs. Raises: SyntaxError, StoreError."""

    def _ask_articles(self, sparql: str) -> Iterator[ox.QuerySolutions]:
        """The answer to a question that names no graph but `GRAPH ?article`, or several, each about some."""
        yield cast("ox.QuerySolutions", self._ask(sparql))

    @abstractmethod
    def _graphs(self, names: Iterable[ox.NamedNode]) -> Iterator[list[ox.Quad]]:
        """What is in each of the graphs, in their order."""

    @abstractmethod
    def _update(self, *operations: str) -> None:
        """Does the operations of SPARQL Update; doing them twice must do no more than once."""

    @abstractmethod
    def _put_graph(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """Puts the triples in the place of what the graph held."""

    @abstractmethod
    def _put_articles(self, graphs: Mapping[ox.NamedNode, Sequence[ox.Quad]]) -> None:
        """Puts the articles' quads in the place of what their graphs held, and `STALE` into `SELF`."""

    @abstractmethod
    def _release(self) -> None:
        """Lets go of the folder or the connection."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, StoreError):
            self._release()
        else:
            self.close()

    def close(self) -> None:
        """Finishes what was begun and lets go of the store. Raises: StoreError."""
        try:
            self._settle()
        finally:
            self._release()

    def load(self, articles: Iterable[tuple[Article, Iterable[Statement]]]) -> None:
        """Puts many articles, each with its statements, in the place of what was stored of them.

        Whatever happens, an article is stored whole or not at all; after the return, all are stored.
        Raises: StoreError.
        """
        graphs = {
            ox.NamedNode(article_iri(article.id)): write(article, statements, self._known)
            for article, statements in articles
        }
        if graphs:
            self._put_articles(graphs)
            self._stale = True

    def replace(self, article: Article, statements: Iterable[Statement]) -> None:
        """Puts the article with these statements in the place of what was stored of it.

        All of it happens or nothing does. Raises: StoreError.
        """
        self.load([(article, statements)])

    def remove(self, *articles: str) -> int:
        """Takes the articles out; how many of them were there. Raises: StoreError."""
        graphs: dict[ox.NamedNode, Sequence[ox.Quad]] = {
            ox.NamedNode(article_iri(article)): () for article in self.digests(articles)
        }
        if graphs:
            self._put_articles(graphs)
            self._stale = True
        return len(graphs)

    def digests(self, articles: Iterable[str]) -> dict[str, str]:
        """The digests of the texts of those of the articles that are stored, by id; empty where unknown."""
        found: dict[str, str] = {}
        names = map(ox.NamedNode, map(article_iri, articles))
        while some := " ".join(map(str, islice(names, TOGETHER))):
            rows = self._ask(
                f"SELECT ?id ?digest {{ VALUES ?article {{ {some} }} GRAPH ?article {{ "
                "?article dcterms:identifier ?id OPTIONAL { ?article schema:sha256 ?digest } } }"
            )
            for id_, digest in cast("ox.QuerySolutions", rows):
                found[id_.value] = "" if digest is None else digest.value
        return found

    def derive(self) -> None:
        """Makes the edges anew from all asserted, positive statements, and the claims from all.

        Raises: StoreError.
        """
        if not self._stale:
            self._update(data("INSERT", SELF, [STALE]))
            self._stale = True
        self._put_graph(EDGES, edges_of(self._facts()))
        tellings = read_tellings(chain.from_iterable(self._ask_articles(TELLINGS)))
        self._put_graph(CLAIMS, claim_triples(group_tellings(tellings)))
        self._update(data("DELETE", SELF, [STALE]))
        self._stale = False

    def articles(self) -> Iterator[Article]:
        """The articles, without their texts, in the order of their IRIs."""
        for rows in self._ask_articles(_ARTICLES):
            about: dict[str, list[ox.Triple]] = defaultdict(list)
            for article, predicate, value in rows:
                about[article.value].append(ox.Triple(article, predicate, value))
            for name in sorted(about):
                yield read_article(about[name])

    def statements(self, *articles: str) -> Iterator[Statement]:
        """The statements of these articles or of all, in the order of the text; none for an unknown one."""
        if articles:
            graphs = [ox.NamedNode(article_iri(article)) for article in articles]
        else:
            rows = self._rows("SELECT DISTINCT ?article { GRAPH ?article { ?article a sr:Article } }")
            graphs = sorted((row[0] for row in rows), key=lambda graph: graph.value)
        for quads in self._graphs(graphs):
            if quads:
                yield from read_statements(quads, self._known)

    def actors(self) -> Mapping[str, Actor]:
        """The actors of ontologies/actors.ttl by id, as this store has them."""
        return self._known

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """What is in one graph, or all: the articles, the ontology, the actors, the edges."""
        self._settle()
        for quads in self._graphs(self._names() if graph is None else [graph]):
            yield from quads

    def query(self, sparql: str) -> Answer:
        """The answer to a question in SPARQL; a pattern without GRAPH looks into all graphs.

        The prefixes of `kg.ontology.PREFIXES` need no declaration. Raises: SyntaxError, StoreError.
        """
        self._settle()
        return self._ask(sparql)

    def _check_writable(self) -> None:
        if self._read_only:
            raise StoreError(f"{self._place}: the store was opened for reading only")

    @cached_property
    def _known(self) -> dict[str, Actor]:
        [quads] = self._graphs([ACTORS])
        return read_actors(quads)

    def _prepare(self) -> None:
        """Checks the format; where the store may be written to, brings its vocabulary up to date.

        Raises: StoreError.
        """
        rows = list(self._rows(f"SELECT ?s ?p ?o {{ GRAPH {SELF} {{ ?s ?p ?o }} }}"))
        about = {ox.Triple(*row) for row in rows}
        formats = [row[2].value for row in rows if row[1] == node("sr:storeFormat")]
        if self._read_only and not formats:
            raise StoreError(f"{self._place}: no store there; `kg build` makes one")
        if formats and (found := int(formats[0])) != FORMAT:
            raise StoreError(
                f"{self._place}: a store of format {found}, which "
                + (
                    f"a newer version of kg wrote; this one reads format {FORMAT}: update it"
                    if found > FORMAT
                    else f"an older version of kg wrote; this one reads format {FORMAT}: "
                    "build anew from the articles into another place"
                )
            )
        if self._read_only:
            return
        if not formats:
            form = ox.Triple(SELF, node("sr:storeFormat"), ox.Literal(FORMAT))
            self._update(data("INSERT", SELF, [form]))
        self._stale = STALE in about
        for file, graph in VOCABULARY.items():
            paths = _vocabulary_files(file)
            digest = ox.Triple(graph, node("sr:digest"), ox.Literal(_digest(paths)))
            if paths and digest not in about:
                quads = chain.from_iterable(ox.parse(path=path, format=ox.RdfFormat.TURTLE) for path in paths)
                self._put_graph(graph, (quad.triple for quad in quads))
                self._update(
                    f"DELETE WHERE {{ GRAPH {SELF} {{ {graph} {digest.predicate} ?old }} }}",
                    data("INSERT", SELF, [digest, STALE]),
                )
                self._stale = True

    def _settle(self) -> None:
        if self._stale:
            self.derive()

    def _facts(self) -> set[Fact]:
        rows = self._rows(FACTS)
        return {Fact(source, compact(relation.value), target) for source, relation, target in rows}

    def _names(self) -> list[ox.NamedNode]:
        """The graphs of this store but `SELF`; a server may have others."""
        ours = f"FILTER(STRSTARTS(STR(?graph), '{DATA}'))"
        rows = self._rows(f"SELECT DISTINCT ?graph {{ GRAPH ?graph {{ ?s ?p ?o }} {ours} }}")
        return sorted((row[0] for row in rows if row[0] != SELF), key=lambda graph: graph.value)

    def _rows(self, select: str) -> Iterator[tuple[ox.NamedNode, ...]]:
        answer = cast("ox.QuerySolutions", self._ask(select))
        return (cast("tuple[ox.NamedNode, ...]", tuple(row)) for row in answer)


def data(operation: str, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> str:
    """The SPARQL Update that inserts (`INSERT`) or deletes (`DELETE`) the triples.

    >>> data("DELETE", EDGES, [])
    'DELETE DATA { GRAPH <https://w3id.org/state-relations/graph/edges> {  } }'
    """
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return f"{operation} DATA {{ GRAPH {graph} {{ {(text or b'').decode()} }} }}"


def _vocabulary_files(name: str) -> tuple[Path, ...]:
    try:
        return ontology_paths(name)
    except OntologyError:
        return ()


def _digest(paths: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
