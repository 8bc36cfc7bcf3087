"""A store in a folder of this machine: Oxigraph on disk."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

import pyoxigraph as ox

from kg.errors import OntologyError, StoreError
from kg.model import Actor, Article, Statement
from kg.ontology import PREFIXES, article_iri, compact, ontology_path
from kg.store.base import Answer
from kg.store.claims import CLAIMS, claim_triples, group_tellings, read_tellings
from kg.store.edges import Fact, edges_of, facts_of, facts_query
from kg.store.rdf import ACTORS, EDGES, ONTOLOGY, node, write
from kg.store.reading import read_actors, read_article, read_statements

if TYPE_CHECKING:
    import rdflib

__all__ = ["EmbeddedStore"]

FORMAT = 1
SELF = ox.NamedNode(f"{PREFIXES['graph']}store")
VOCABULARY = {"state-relations.ttl": ONTOLOGY, "actors.ttl": ACTORS}


class EmbeddedStore:
    """Statements in a folder; one writer at a time.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, EmbeddedStore.open(folder) as store:
    ...     store.replace(Article("a1", "", language="ro"), [])
    ...     [article.id for article in store.articles()]
    ['a1']
    """

    def __init__(self, inner: ox.Store, path: Path, known: dict[str, Actor], *, read_only: bool) -> None:
        self._inner: ox.Store | None = inner
        self._path = path
        self._known = known
        self._read_only = read_only

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Self:
        """The store in the folder `path`, made where there is none unless `read_only`.

        What a reader sees of what is written meanwhile is undefined.
        Raises: StoreError for a folder of something else, one that another process writes, or one
        of a newer version of this library.
        """
        path = Path(path)
        try:
            fresh = not path.exists() or (path.is_dir() and not any(path.iterdir()))
            if fresh and read_only:
                raise StoreError(f"{path}: no store there; `kg build … --out DIR` makes one in DIR/store")
            if not fresh and not (path / "CURRENT").is_file():
                raise StoreError(f"{path}: not a store; give a new or empty folder, or one of `kg build`")
            path.parent.mkdir(parents=True, exist_ok=True)
            inner = ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
        except OSError as error:
            if f"{path / 'LOCK'}:" in str(error):
                raise StoreError(f"{path}: another process is writing to this store") from error
            raise StoreError(f"{path}: can't be opened as a store: {error}") from error
        if read_only or len(inner):
            _check_format(inner, path)
        if not read_only:
            _load_vocabulary(inner)
        known = read_actors(inner.quads_for_pattern(None, None, None, ACTORS))
        return cls(inner, path, known, read_only=read_only)

    def close(self) -> None:
        """Lets go of the folder, so that another process may write to it; nothing can be read after."""
        if self._inner is not None and not self._read_only:
            self._inner.flush()
        self._inner = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def replace(self, article: Article, statements: Iterable[Statement]) -> None:
        """Puts the article with these statements in the place of what was stored of it, edges included.

        All of it happens or nothing does. Raises: StoreError.
        """
        self._swap(ox.NamedNode(article_iri(article.id)), write(article, statements, self._known))

    def remove(self, article: str) -> bool:
        """Takes the article and its edges out; false where it wasn't there. Raises: StoreError."""
        graph = ox.NamedNode(article_iri(article))
        found = self._store.contains_named_graph(graph)
        if found:
            self._swap(graph, [])
        return found

    def derive(self) -> None:
        """Makes the edges anew from all asserted, positive statements, and the claims from all.

        Raises: StoreError.
        """
        edges = edges_of(self._facts(facts_query()))
        claims = claim_triples(group_tellings(read_tellings(self.query)))
        self._update(f"DROP SILENT GRAPH {EDGES}", _data("INSERT", EDGES, edges))
        self._update(f"DROP SILENT GRAPH {CLAIMS}", _data("INSERT", CLAIMS, claims))

    def articles(self) -> Iterator[Article]:
        """The articles, without their texts, in the order of their IRIs."""
        for graph in self._article_graphs():
            about = self._store.quads_for_pattern(graph, None, None, graph)
            yield read_article(about)

    def statements(self, article: str | None = None) -> Iterator[Statement]:
        """The statements of one article or of all, in the order of the text; none for an unknown one."""
        graphs = self._article_graphs() if article is None else [ox.NamedNode(article_iri(article))]
        for graph in graphs:
            if self._store.contains_named_graph(graph):
                yield from read_statements(
                    self._store.quads_for_pattern(None, None, None, graph), self._known
                )

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """What is in one graph, or all: the articles, the ontology, the actors, the edges."""
        found = self._store.quads_for_pattern(None, None, None, graph)
        return (quad for quad in found if quad.graph_name != SELF)

    def query(self, sparql: str) -> Answer:
        """The answer to a question in SPARQL; a pattern without GRAPH looks into all graphs.

        The prefixes of `kg.ontology.PREFIXES` need no declaration. Raises: SyntaxError.
        """
        return self._store.query(sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=True)

    def actors(self) -> Mapping[str, Actor]:
        """The actors of ontologies/actors.ttl by id, as this store has them."""
        return self._known

    def dataset(self) -> "rdflib.Dataset":
        """The store as an rdflib Dataset, over the same data and open as long as this store."""
        import rdflib  # noqa: PLC0415  (slow to import, and few ask for it)
        from oxrdflib import OxigraphStore  # noqa: PLC0415

        return rdflib.Dataset(store=OxigraphStore(store=self._store), default_union=True)

    @property
    def _store(self) -> ox.Store:
        if self._inner is None:
            raise StoreError(f"{self._path}: the store is closed")
        return self._inner

    def _article_graphs(self) -> list[ox.NamedNode]:
        graphs = (graph for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))
        return sorted(
            (graph for graph in graphs if graph.value.startswith(PREFIXES["article"])),
            key=lambda graph: graph.value,
        )

    def _facts(self, sparql: str) -> set[Fact]:
        answer = cast("ox.QuerySolutions", self._store.query(sparql))
        rows = (cast("tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]", tuple(row)) for row in answer)
        return {Fact(source, compact(relation.value), target) for source, relation, target in rows}

    def _swap(self, graph: ox.NamedNode, quads: list[ox.Quad]) -> None:
        before = facts_of(self._store.quads_for_pattern(None, None, None, graph))
        after = facts_of(quads)
        gone = before - after
        others = self._facts(facts_query(gone, without=graph)) if gone else set()
        stale = edges_of(gone) - edges_of(after | others)
        self._update(
            f"DROP SILENT GRAPH {graph}",
            _data("INSERT", graph, (quad.triple for quad in quads)),
            _data("DELETE", EDGES, stale),
            _data("INSERT", EDGES, edges_of(after - before)),
        )

    def _update(self, *operations: str) -> None:
        """Does all of the operations, or none of them."""
        if self._read_only:
            raise StoreError(f"{self._path}: the store was opened for reading only")
        try:
            self._store.update("; ".join(operations))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{self._path}: can't be written to: {error}") from error


def _data(operation: str, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> str:
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return f"{operation} DATA {{ GRAPH {graph} {{ {(data or b'').decode()} }} }}"


def _check_format(inner: ox.Store, path: Path) -> None:
    """Raises StoreError for a folder of another program, or of a version yet to come."""
    found = [quad.object for quad in inner.quads_for_pattern(SELF, node("sr:storeFormat"), None, SELF)]
    if not found or not isinstance(found[0], ox.Literal):
        raise StoreError(f"{path}: an Oxigraph store, but not one made by `kg build`")
    if int(found[0].value) > FORMAT:
        raise StoreError(
            f"{path}: a store of format {found[0].value}; this version of kg reads up to {FORMAT}: update it"
        )


def _load_vocabulary(inner: ox.Store) -> None:
    """Puts the ontology and the actors into their graphs where they aren't, or are of another version."""
    inner.add(ox.Quad(SELF, node("sr:storeFormat"), ox.Literal(FORMAT), SELF))
    for file, graph in VOCABULARY.items():
        path = _vocabulary_file(file)
        if path is None:
            continue
        digest = ox.Quad(
            graph, node("sr:digest"), ox.Literal(hashlib.sha256(path.read_bytes()).hexdigest()), SELF
        )
        if digest not in inner:
            for old in inner.quads_for_pattern(graph, node("sr:digest"), None, SELF):
                inner.remove(old)
            inner.clear_graph(graph)
            inner.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=graph)
            inner.add(digest)


def _vocabulary_file(name: str) -> Path | None:
    try:
        return ontology_path(name)
    except OntologyError:
        return None
