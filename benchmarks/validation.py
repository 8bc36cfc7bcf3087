"""What validating a store costs: `python -m benchmarks.validation [--statements N]`.

A store of so many statements, one an article, is held to ontologies/shapes.ttl by the library, and a part of
it by pySHACL alone in the same run.
"""

import argparse
import tempfile
import time
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.ontology import article_iri
from kg.pipeline import BATCH
from kg.store import EmbeddedStore
from kg.store.rdf import ACTORS, ONTOLOGY
from kg.validation import find_violations, validate_location
from tests.graph.synthetic import generate

__all__ = ["main"]

PART = 1000  # articles that pySHACL alone is given


def main() -> None:
    """Prints the seconds of both, and how many times quicker the library is for a statement."""
    options = argparse.ArgumentParser(description="Validation of a store beside pySHACL alone.")
    options.add_argument("--statements", type=int, default=100_000, help="statements (default: 100000)")
    statements, articles = generate(options.parse_args().statements, 200)
    extractions = [(articles[each.evidence.span.article], [each]) for each in statements]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        with EmbeddedStore.open(path) as store:
            for start in range(0, len(extractions), BATCH):
                store.load(extractions[start : start + BATCH])
        begin = time.perf_counter()
        found = validate_location(path)
        ours = time.perf_counter() - begin
        graphs: dict[str | None, list[ox.Quad]] = {}
        with EmbeddedStore.open(path, read_only=True) as store:
            context = [quad for graph in (ONTOLOGY, ACTORS) for quad in store.quads(graph)]
            for article in islice(articles, PART):
                graphs[article] = list(store.quads(ox.NamedNode(article_iri(article))))
        begin = time.perf_counter()
        theirs_found = list(find_violations(graphs, context))
        theirs = time.perf_counter() - begin
    print(f"{len(statements)} statements: {ours:.1f} s, {len(found)} violations (target: 60 s)")
    print(f"pySHACL alone, {PART} statements: {theirs:.1f} s, {len(theirs_found)} violations")
    print(f"times quicker a statement: {theirs / PART * len(statements) / ours:.0f}")


if __name__ == "__main__":
    main()
