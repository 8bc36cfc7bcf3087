"""A store as files for other tools."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import rmtree

from kg.errors import KGError
from kg.exports.edges import write_edges, write_nodes, write_sheets
from kg.exports.graphs import write_gexf, write_graphml
from kg.exports.jsonld import write_json_ld
from kg.exports.neo4j import write_neo4j
from kg.exports.parquet import write_parquet
from kg.exports.rdf import write_nquads, write_trig, write_turtle
from kg.formats import choose_format
from kg.store.base import Store

__all__ = ["FORMATS", "export"]

FORMATS: Mapping[str, Callable[[Store, Path], None]] = {
    "trig": write_trig,
    "nquads": write_nquads,
    "turtle": write_turtle,
    "jsonld": write_json_ld,
    "csv": write_edges,
    "csv-nodes": write_nodes,
    "excel-csv": partial(write_edges, excel=True),
    "excel-csv-nodes": partial(write_nodes, excel=True),
    "xlsx": write_sheets,
    "graphml": write_graphml,
    "gexf": write_gexf,
    "neo4j": write_neo4j,
    "parquet": write_parquet,
}


def export(store: Store, format: str | None, out: Path) -> None:  # noqa: A002
    """Writes the store to `out`, whose folder must exist: a file, or for `neo4j` a folder.

    Without a format, the suffix of `out` says which, and `trig` is that of none.

    `trig`, `nquads` and `jsonld` keep the graph of each article, `turtle` has all triples in one. `csv`,
    `graphml` and `gexf` have one edge for each source, target, relation, status and polarity, with the
    numbers of statements and articles behind it and the first and last day of publication; `csv-nodes`
    has their ends. `xlsx` has both, and `excel-csv` is CSV that Excel opens with all letters right. `neo4j`
    has the statements as nodes beside these edges, `parquet` one row a statement.
    What was at `out` is replaced when all is written, and stays where that fails.
    Raises: KGError for an unknown format or suffix, for two that differ, for a missing extra, or a place
    that can't be written.
    """
    write = FORMATS[choose_format("export", out, format)]
    with _replacing(out) as unfinished:
        write(store, unfinished)


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """A place beside `out` that takes its place at the end of the block, or is removed."""
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        yield unfinished
        if unfinished.is_dir():
            _replace_files(unfinished, out)
        else:
            unfinished.replace(out)
    except OSError as error:
        raise KGError(f"{out}: can't be written: {error.strerror or error}") from error
    finally:
        if unfinished.is_dir():
            rmtree(unfinished)
        else:
            unfinished.unlink(missing_ok=True)


def _replace_files(folder: Path, out: Path) -> None:
    """Moves the files of a folder into another, which may hold other files."""
    out.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.replace(out / path.name)
