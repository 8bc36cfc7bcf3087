"""A store on a server that speaks SPARQL 1.1, wherever it runs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.ontology import PREFIXES
from kg.store.base import Answer
from kg.store.graphs import SELF, STALE, GraphStore, data
from kg.store.rdf import node
from kg.store.server import Server

__all__ = ["RemoteStore"]

LARGEST = 20_000  # quads of one update; compilers of SPARQL have limits
READERS = 8
PROLOGUE = re.compile(r"(?:\s|#[^\n]*|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)*(\w*)", re.IGNORECASE)
TRUE, FALSE = (b'{"head": {}, "boolean": %s}' % word for word in (b"true", b"false"))


class RemoteStore(GraphStore):
    """Statements on a server that may hold other graphs as well; one writer at a time.

    Not every server does an update whole or not at all. So an article is marked in `SELF` while it is
    written, and what a broken writer left half is taken out by the next.
    """

    def __init__(self, url: str, *, read_only: bool) -> None:
        super().__init__(url, read_only=read_only)
        self._server = Server(url)

    @classmethod
    def open(cls, url: str, *, read_only: bool = False) -> Self:
        """The store on the server at `url`, made where there is none unless `read_only`.

        `kg.store.server` says which URLs are taken and where user and password come from.
        Raises: StoreError for a server that doesn't answer, or not as a SPARQL server does.
        """
        store = cls(url, read_only=read_only)
        try:
            store._prepare()
        except StoreError:
            store._release()
            raise
        return store

    def _prepare(self) -> None:
        super()._prepare()
        if not self._read_only:
            rows = self._rows(f"SELECT ?graph {{ GRAPH {SELF} {{ {SELF} sr:writing ?graph }} }}")
            half = [row[0] for row in rows]
            if half:
                self._write(dict.fromkeys(half, ()))

    def _ask(self, sparql: str) -> Answer:
        declared = re.findall(r"\bPREFIX\s+([\w-]*):", sparql, re.IGNORECASE)
        prefixes = (f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items() if name not in declared)
        text = "".join((*prefixes, sparql))
        found = PROLOGUE.match(sparql)
        form = found[1].upper() if found else ""
        if form in {"CONSTRUCT", "DESCRIBE"}:
            local = ox.Store()
            local.load(self._server.query(text, "application/n-triples"), format=ox.RdfFormat.N_TRIPLES)
            return local.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
        content = self._server.query(text, "application/sparql-results+json")
        answer = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        if form == "ASK" and isinstance(answer, ox.QuerySolutions):  # Virtuoso: a table with 1 or 0
            yes = any(row[0] != ox.Literal(0) for row in answer)
            return ox.parse_query_results(TRUE if yes else FALSE, format=ox.QueryResultsFormat.JSON)
        return answer

    def _graphs(self, names: Iterable[ox.NamedNode]) -> Iterator[list[ox.Quad]]:
        names = iter(names)
        with ThreadPoolExecutor(READERS) as pool:
            while several := list(islice(names, READERS * 8)):
                yield from pool.map(self._read, several)

    def _read(self, graph: ox.NamedNode) -> list[ox.Quad]:
        triples = ox.parse(self._server.get(graph.value), format=ox.RdfFormat.N_TRIPLES)
        return [ox.Quad(found.subject, found.predicate, found.object, graph) for found in triples]

    def _update(self, *operations: str) -> None:
        self._check_writable()
        self._server.update(" ;\n".join(operations))

    def _put_graph(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        self._check_writable()
        content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        self._server.put(graph.value, content or b"")

    def _put_articles(self, graphs: Mapping[ox.NamedNode, Sequence[ox.Quad]]) -> None:
        several: dict[ox.NamedNode, Sequence[ox.Quad]] = {}
        size = 0
        for graph, quads in graphs.items():
            if several and size + len(quads) > LARGEST:
                self._write(several)
                several, size = {}, 0
            several[graph] = quads
            size += len(quads)
        self._write(several)

    def _write(self, graphs: Mapping[ox.NamedNode, Sequence[ox.Quad]]) -> None:
        """Puts the articles in one update, which marks them before and takes the marks off after."""
        marks = [ox.Triple(SELF, node("sr:writing"), graph) for graph in graphs]
        contents = (
            data("INSERT", graph, (quad.triple for quad in quads)) for graph, quads in graphs.items() if quads
        )
        drops = (f"DROP SILENT GRAPH {graph}" for graph in graphs)
        self._update(data("INSERT", SELF, [STALE, *marks]), *drops, *contents, data("DELETE", SELF, marks))

    def _release(self) -> None:
        self._server.close()
