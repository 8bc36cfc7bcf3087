"""The formats that each command writes, and the suffixes of files that mean them."""

import re
from collections.abc import Mapping
from pathlib import Path

from kg.errors import KGError
from kg.ontology import nearest

__all__ = ["FORMATS", "choose_format", "list_formats"]

# By command: its formats, the first being that of a file without a suffix, and the suffixes of each. Where
# two formats share a suffix, it means the first.
FORMATS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "extract": {
        "jsonl": (".jsonl", ".ndjson"),
        "csv": (".csv",),
        "excel-csv": (".csv",),
        "xlsx": (".xlsx",),
        "table": (".txt",),
    },
    "query": {
        "table": (".txt",),
        "csv": (".csv",),
        "excel-csv": (".csv",),
        "xlsx": (".xlsx",),
        "json": (".json", ".srj"),
        "parquet": (".parquet",),
    },
    "export": {
        "trig": (".trig",),
        "nquads": (".nq",),
        "turtle": (".ttl",),
        "jsonld": (".jsonld", ".json"),
        "csv": (".csv",),
        "csv-nodes": (".csv",),
        "excel-csv": (".csv",),
        "excel-csv-nodes": (".csv",),
        "xlsx": (".xlsx",),
        "graphml": (".graphml",),
        "gexf": (".gexf",),
        "neo4j": (),
        "parquet": (".parquet",),
    },
    "graph": {"html": (".html", ".htm"), "svg": (".svg",), "png": (".png",)},
}
BINARY = ("xlsx", "parquet")  # which no terminal shows
SUFFIX = re.compile(r"\.[a-z]\w*")


def list_formats(command: str) -> str:
    """What can be said to `--format`, for the help of `command`."""
    first, *others = FORMATS[command]
    return f"{', '.join([first, *others])}; otherwise by the suffix of the file, or {first}."


def choose_format(command: str, out: Path | None = None, format: str | None = None) -> str:  # noqa: A002
    """The format that `command` writes to `out`: the one that is named, or that of the file's suffix.

    Raises: KGError for a format or a suffix that `command` doesn't write, where the two differ, and for a
    format that needs a file.

    >>> choose_format("query", Path("edges.csv")), choose_format("query", Path("edges.csv"), "excel-csv")
    ('csv', 'excel-csv')
    >>> choose_format("query", Path("edges.xlsx"), "csv")
    Traceback (most recent call last):
    kg.errors.KGError: edges.xlsx: csv is written to .csv, not to .xlsx
    """
    formats = FORMATS[command]
    if format is not None and format not in formats:
        raise KGError(
            f"no {command} format {format}{nearest(format, formats)}; there are {', '.join(formats)}"
        )
    if out is None and format in BINARY:
        raise KGError(f"{format} needs a file: --output NAME.{format}")
    suffix = out.suffix.lower() if out else ""
    if not SUFFIX.fullmatch(suffix):
        return format or next(iter(formats))
    if format is None:
        meant = [name for name, suffixes in formats.items() if suffix in suffixes]
        if not meant:
            known = dict.fromkeys(each for suffixes in formats.values() for each in suffixes)
            raise KGError(f"{out}: kg {command} writes no {suffix}, but {', '.join(known)}")
        return meant[0]
    if suffix not in formats[format]:
        own = " or ".join(formats[format]) or "a name without a suffix"
        raise KGError(f"{out}: {format} is written to {own}, not to {suffix}")
    return format
