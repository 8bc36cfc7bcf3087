"""A store in a folder of this machine: Oxigraph on disk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
from typing import TYPE_CHECKING, Self, TextIO, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.ontology import DATA, PREFIXES
from kg.sparql import names_dataset, refuse_elsewhere
from kg.store.base import Answer, Dataset
from kg.store.graphs import MADE, SELF, STALE, GraphStore, data
from kg.store.snapshots import open_newest, publish
from kg.store.updates import refuse_writing, use_dataset

if TYPE_CHECKING:
    import rdflib

__all__ = ["SNAPSHOTS", "EmbeddedStore"]

WRITER, SNAPSHOTS = "writer", "snapshots"
BULK = 2000  # quads from which writing files of their own is quicker than a transaction
TOGETHER = 500  # articles that are asked about at once
PART = 100_000  # triples of what is derived that are written at once
# Makes events of what is asserted and positive, and of nothing else, after statements were changed.
EVENTS = """
    DELETE { GRAPH ?g { ?s a sr:Event } } WHERE {
      GRAPH ?g { ?s a sr:Event }
      FILTER NOT EXISTS { GRAPH ?g { ?s sr:status sr:asserted ; sr:polarity sr:positive } } } ;
    INSERT { GRAPH ?g { ?s a sr:Event } } WHERE {
      GRAPH ?g { ?s a sr:Statement ; sr:status sr:asserted ; sr:polarity sr:positive }
      FILTER NOT EXISTS { GRAPH ?g { ?s a sr:Event } } }"""
FILES = 512  # that the system lets Oxigraph have open: it keeps about a megabyte of each in memory


class EmbeddedStore(GraphStore):
    """Statements in a folder; one writer at a time, and any number of readers beside it.

    The writer has the folder's `writer` for itself. When it derives or closes, it publishes what is
    stored; who opens the store to read sees what was last published, and goes on seeing it.

    >>> import tempfile
    >>> from kg.model import Article
    >>> with tempfile.TemporaryDirectory() as folder, EmbeddedStore.open(folder) as store:
    ...     store.replace(Article("a1", "", language="ro"), [])
    ...     [article.id for article in store.articles()]
    ['a1']
    """

    def __init__(self, inner: ox.Store, path: Path, lock: TextIO | None = None) -> None:
        super().__init__(str(path), read_only=lock is not None)
        self._inner: ox.Store | None = inner
        self._snapshots = path / SNAPSHOTS
        self._lock = lock
        self._published = False

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Self:
        """The store in the folder `path`, made where there is none unless `read_only`.

        Raises: StoreError for a folder of something else, one that another process writes, or one
        of another version of this library.
        """
        path = Path(path)
        with _explained(path, "opened as a store"):
            store = cls._open_to_read(path) if read_only else cls._open_to_write(path)
        try:
            store._prepare()
        except StoreError:
            store._release()
            raise
        return store

    @classmethod
    def _open_to_read(cls, path: Path) -> Self:
        found = open_newest(path / SNAPSHOTS)
        if found is None:
            _check_folder(path)
            if (path / WRITER).is_dir():
                raise StoreError(
                    f"{path}: nothing is published there any more; the same `kg build` publishes it again"
                )
            raise StoreError(f"{path}: no store there; `kg build … --out DIR` makes one in DIR/store")
        return cls(found[0], path, found[1])

    @classmethod
    def _open_to_write(cls, path: Path) -> Self:
        _check_folder(path)
        path.mkdir(parents=True, exist_ok=True)
        with _few_files():
            return cls(ox.Store(str(path / WRITER)), path)

    def close(self) -> None:
        """Makes what is derived anew, publishes, and lets go of the folder. Raises: StoreError."""
        try:
            if self._inner is not None and not self._read_only:
                self._settle()
                self._publish()
        finally:
            self._release()

    def derive(self) -> None:
        """Makes the graph of edges anew and publishes all that is stored. Raises: StoreError."""
        super().derive()
        self._publish()

    def query(self, sparql: str, dataset: Dataset | None = None) -> Answer:
        """The answer to a question in SPARQL; a pattern without GRAPH looks into all graphs.

        That is so unless the question names its graphs (FROM), or a `dataset` does, which goes first.
        The prefixes of `kg.ontology.PREFIXES` need no declaration, and names of IRIs are relative to
        `kg.ontology.DATA`. Raises: SyntaxError, StoreError, RefusedError.
        """
        refuse_elsewhere(sparql)
        self._settle()
        return self._ask(sparql, dataset)

    def update(self, sparql: str, dataset: Dataset | None = None) -> None:
        """Carries out SPARQL Update, all of it or nothing; the vocabulary stays, whatever it does.

        Events follow the status and polarity of their statements.

        A `dataset` is that of each WHERE, unless the update names one. The graphs that the store makes itself
        can't be written to by name. Prefixes and relative IRIs are those of `query`.
        Raises: SyntaxError, StoreError, QueryError, RefusedError.
        """
        refuse_elsewhere(sparql)
        refuse_writing(sparql, MADE)
        if dataset is not None:
            sparql = use_dataset(sparql, dataset)
        self._update(data("INSERT", SELF, [STALE]))
        try:
            with self._writing() as inner:
                inner.update(sparql, prefixes=dict(PREFIXES), base_iri=DATA)
                inner.update(EVENTS, prefixes=dict(PREFIXES))
        except SyntaxError:
            if not self._stale:
                self._update(data("DELETE", SELF, [STALE]))
            raise
        self._prepare()
        self._stale = True

    def dataset(self) -> "rdflib.Dataset":
        """The store as an rdflib Dataset, over the same data and open as long as this store."""
        import rdflib  # noqa: PLC0415  (slow to import, and few ask for it)
        from oxrdflib import OxigraphStore  # noqa: PLC0415

        self._settle()
        return rdflib.Dataset(store=OxigraphStore(store=self._store), default_union=True)

    @property
    def _store(self) -> ox.Store:
        if self._inner is None:
            raise StoreError(f"{self._place}: the store is closed")
        return self._inner

    def _ask(self, sparql: str, dataset: Dataset | None = None) -> Answer:
        ask = partial(self._store.query, sparql, prefixes=dict(PREFIXES), base_iri=DATA)
        with _explained(Path(self._place), "read"):
            if dataset is None:
                return ask(use_default_graph_as_union=not names_dataset(sparql))
            return ask(default_graph=list(dataset.default), named_graphs=list(dataset.named))

    def _graphs(self, names: Iterable[ox.NamedNode]) -> Iterator[list[ox.Quad]]:
        return (list(self._store.quads_for_pattern(None, None, None, name)) for name in names)

    def _names(self) -> list[ox.NamedNode]:
        names = (name for name in self._store.named_graphs() if isinstance(name, ox.NamedNode))
        return sorted((name for name in names if name != SELF), key=lambda name: name.value)

    def _update(self, *operations: str) -> None:
        """Does all of the operations, or none of them."""
        with self._writing() as inner:
            inner.update("; ".join(operations))

    def _ask_articles(self, sparql: str) -> Iterator[ox.QuerySolutions]:
        names = iter(self._names())
        while some := list(islice(names, TOGETHER)):
            yield cast("ox.QuerySolutions", self._ask(sparql, Dataset((), some)))

    def _put_graph(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """Puts the triples in parts, so that they need not fit into memory.

        A process that ends in between leaves a part, and the store marked so that the graph is made anew.
        """
        new = (_quad(triple, graph) for triple in triples)
        with self._writing() as inner:
            for quad in inner.quads_for_pattern(None, None, None, graph):
                inner.remove(quad)
            while part := list(islice(new, PART)):
                inner.bulk_extend(part)

    def _put_articles(self, graphs: Mapping[ox.NamedNode, Sequence[ox.Quad]]) -> None:
        """Puts the articles: in one step those that were stored, in another those that are new.

        Each step happens whole or not at all, also the bulk load of Oxigraph, which hands RocksDB all
        of its files at once.
        """
        stored = {graph for graph in graphs if self._store.contains_named_graph(graph)}
        if stored:
            contents = (data("INSERT", graph, (quad.triple for quad in graphs[graph])) for graph in stored)
            drops = (f"DROP GRAPH {graph}" for graph in stored)
            self._update(data("INSERT", SELF, [STALE]), *drops, *contents)
        added = list(chain.from_iterable(graphs[graph] for graph in graphs.keys() - stored))
        if added:
            with self._writing() as inner:
                extend = inner.bulk_extend if len(added) > BULK else inner.extend
                extend([*added, _quad(STALE, SELF)])

    def _publish(self) -> None:
        if not self._published:
            with self._writing() as inner:
                publish(inner, self._snapshots)
            self._published = True

    @contextmanager
    def _writing(self) -> Iterator[ox.Store]:
        """The inner store, to be written to."""
        self._check_writable()
        with _explained(Path(self._place), "written to"):
            self._published = False
            yield self._store

    def _release(self) -> None:
        self._inner = None
        if self._lock is not None:
            self._lock.close()


def _quad(triple: ox.Triple, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


@contextmanager
def _few_files() -> Iterator[None]:
    """A block in which a store is opened that holds no more than `FILES` open, however large it grows."""
    allowed, most = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (FILES if allowed == RLIM_INFINITY else min(allowed, FILES), most))
    try:
        yield
    finally:
        setrlimit(RLIMIT_NOFILE, (allowed, most))


@contextmanager
def _explained(path: Path, purpose: str) -> Iterator[None]:
    """Gives the system's errors in the block the name of the store. Raises: StoreError."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if f"{path / WRITER / 'LOCK'}:" in str(error):
            raise StoreError(f"{path}: another process is writing to this store") from error
        raise StoreError(f"{path}: can't be {purpose}: {error}") from error


def _check_folder(path: Path) -> None:
    """Raises StoreError for a folder with something else in it, left by another program or version."""
    if not path.exists() or (path.is_dir() and (not any(path.iterdir()) or (path / WRITER).is_dir())):
        return
    if (path / "CURRENT").is_file():
        raise StoreError(
            f"{path}: a store of an earlier format, or not one made by `kg build`; "
            "build anew from the articles into another folder"
        )
    if (path / SNAPSHOTS).is_dir():
        raise StoreError(
            f"{path}: its folder {WRITER!r} is missing: it can be read and exported, but not written to; "
            "build anew from the articles into another folder"
        )
    raise StoreError(f"{path}: not a store; give a new or empty folder, or one of `kg build`")
