"""What must be known of a SPARQL Update before it is carried out: the graphs that it reads and writes."""

import re
from collections.abc import Container, Iterator
from contextlib import suppress
from typing import NamedTuple, cast

import pyoxigraph as ox

from kg.errors import QueryError, RefusedError
from kg.ontology import DATA, PREFIXES, compact
from kg.sparql import read_tokens
from kg.store.base import Dataset

__all__ = ["refuse_writing", "use_dataset"]

PROLOGUE = {"PREFIX", "BASE", "VERSION"}
WHOLE = {"CLEAR", "DROP", "CREATE", "MOVE", "WITH"}  # write what they name
COPIES = {"COPY", "ADD"}  # write what they name after TO


class Step(NamedTuple):
    """A token and where it stands: how deep, and after which words and braces of its operation at depth 0."""

    token: re.Match[str]
    words: tuple[str, ...]
    depth: int

    @property
    def top(self) -> str:
        """The word at the top of the operation that this is, in capitals; else empty."""
        is_word = self.depth == 0 and self.token.lastgroup == "name" and ":" not in self.token[0]
        return self.token[0].upper() if is_word else ""


def use_dataset(update: str, dataset: Dataset) -> str:
    """The update with the dataset as that of each WHERE (USING, USING NAMED).

    Raises: QueryError where the update names its own (WITH, USING).

    >>> use_dataset("DELETE WHERE { ?s ?p 1 }", Dataset([ox.NamedNode("x:g")], []))
    'DELETE { ?s ?p 1 } USING <x:g> WHERE { ?s ?p 1 }'
    """
    named = (f"NAMED {graph}" for graph in dataset.named)
    using = " ".join(f"USING {graph}" for graph in (*dataset.default, *named))
    parts, done, template = [], 0, False
    for step in _read(update):
        start, end = step.token.span()
        if step.top in {"WITH", "USING"}:
            raise QueryError(f"the dataset is named twice: by {step.top} in the update and by parameters")
        if step.top == "WHERE":
            # What follows DELETE WHERE is template and pattern in one.
            template = step.words[-1] == "DELETE"
            parts.append(update[done:start] + ("" if template else f"{using} "))
            done = end if template else start
        elif template and step.depth == 0 and step.token[0] == "}":
            block = update[done:end].strip()
            parts.append(f"{block} {using} WHERE {block}")
            done, template = end, False
    return "".join((*parts, update[done:]))


def refuse_writing(update: str, graphs: Container[str]) -> None:
    """Raises RefusedError for an update that writes to one of the graphs by its name.

    >>> refuse_writing("PREFIX g: <graph/> INSERT DATA { GRAPH g:mine { } }", {f"{DATA}graph/edges"})
    """
    written, prologue, before = [], len(update), ""
    for step in _read(update):
        if step.top and step.top not in PROLOGUE:
            prologue = min(prologue, step.token.start())
        if _is_written(step, before):
            written.append(step.token[0])
        before = step.token[0].upper()
    names = f"{update[:prologue]} SELECT ?graph {{ VALUES ?graph {{ {' '.join(written)} }} }}"
    with suppress(SyntaxError):  # of which the store tells more when it reads the update itself
        rows = ox.Store().query(names, prefixes=dict(PREFIXES), base_iri=DATA)
        for row in cast("ox.QuerySolutions", rows):
            if row[0].value in graphs:
                raise RefusedError(
                    f"{compact(row[0].value)} is made by the store itself, and what is written into it would "
                    "be lost: write into the graph of an article, or into one of your own"
                )


def _is_written(step: Step, before: str) -> bool:
    """Whether the token names a graph that its operation writes to."""
    kind = step.token.lastgroup
    if kind not in {"iri", "relative"} and not (kind == "name" and ":" in step.token[0]):
        return False
    if step.depth:
        reads = step.words[-2:] == ("WHERE", "{") and step.words[-3] != "DELETE"
        return before == "GRAPH" and not reads
    if COPIES & set(step.words):
        return "TO" in step.words
    return bool(WHOLE & set(step.words)) and "USING" not in step.words


def _read(update: str) -> Iterator[Step]:
    words: tuple[str, ...] = ()
    depth = 0
    for token in read_tokens(update):
        depth -= token[0] == "}"
        step = Step(token, words, depth)
        yield step
        if depth == 0 and (step.top or token[0] == "{"):
            words = (*words, step.top or "{")
        elif depth == 0 and token[0] == ";":
            words = ()
        depth += token[0] == "{"
