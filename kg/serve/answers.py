"""One question to the store and its answer, as a process of the pool carries them out."""

import json
import sys
from itertools import islice
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import KGError, QueryError, RefusedError, StoreError
from kg.ontology import PREFIXES
from kg.query import QueryResult, explain
from kg.serve.formats import GRAPHS, TABLES, choose
from kg.serve.kept import KeptStore
from kg.store.base import Answer, Dataset
from kg.store.embedded import EmbeddedStore

__all__ = ["Reply", "Task", "carry_out"]

TEXT = "text/plain; charset=utf-8"


class Task(NamedTuple):
    """What is asked of the store, and how: "update", or the name of one of `kg.serve.answers.ACTIONS`.

    The text is SPARQL or, for the page of the graph and its evidence, the query of the address. `accept` are
    the media types that are wanted (for the page: languages), `default` and `named` the IRIs of the graphs
    that SPARQL is about. An answer that is to be `whole` has no limit.
    """

    text: str
    accept: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    action: str = "query"
    whole: bool = False


class Reply(NamedTuple):
    """An answer for HTTP; `cut` says that there were more rows than are in it."""

    status: int
    media: str
    body: bytes
    cut: bool = False


def carry_out(kept: KeptStore, task: Task, limit: int) -> Reply:
    """The answer of the store to the task, of at most `limit` rows, or why there is none.

    A question is answered from what was last published when it is asked.
    """
    try:
        if task.action == "update":
            with kept.write() as store:
                return _update(store, task)
        return ACTIONS[task.action](kept.read(), task, limit)
    except SyntaxError as error:
        return refuse(400, explain(str(error)))
    except RefusedError as error:
        return refuse(403, str(error))
    except StoreError as error:
        return refuse(503, str(error))
    except KGError as error:
        return refuse(400, str(error))
    except (MemoryError, OSError, RuntimeError) as error:
        kept.close()
        return refuse(500, f"the store can't answer that: {error or 'not enough memory'}")


def refuse(status: int, reason: str) -> Reply:
    """A reply that says why there is no answer."""
    return Reply(status, TEXT, f"{reason}\n".encode())


def _update(store: EmbeddedStore, task: Task) -> Reply:
    store.update(task.text, _read_dataset(task))
    return Reply(204, TEXT, b"")


def _draw(store: EmbeddedStore, task: Task, _limit: int) -> Reply:
    from kg.serve.views import draw_graph  # noqa: PLC0415  (half a second, which SPARQL needn't wait for)

    return Reply(200, "text/html; charset=utf-8", draw_graph(store, task.text, task.accept).encode())


def _show_evidence(store: EmbeddedStore, task: Task, _limit: int) -> Reply:
    from kg.serve.views import show_evidence  # noqa: PLC0415

    return Reply(200, "application/json", json.dumps(show_evidence(store, task.text)).encode())


def _query(store: EmbeddedStore, task: Task, limit: int) -> Reply:
    return _write(
        store.query(task.text, _read_dataset(task)), task.accept, sys.maxsize - 1 if task.whole else limit
    )


def _read_dataset(task: Task) -> Dataset | None:
    try:
        default, named = (tuple(map(ox.NamedNode, iris)) for iris in (task.default, task.named))
    except ValueError as error:
        raise QueryError(f"a graph is named by an absolute IRI: {error}") from error
    return Dataset(default, named) if default or named else None


def _write(answer: Answer, accept: str, limit: int) -> Reply:
    forms = GRAPHS if isinstance(answer, ox.QueryTriples) else TABLES
    media = choose(accept, {name: names for name, (_, names) in forms.items()})
    if media is None:
        return refuse(406, f"the answer can be had as {', '.join(forms)}")
    if isinstance(answer, ox.QueryTriples):
        triples = list(islice(answer, limit + 1))
        kept = dict.fromkeys(triples[:limit])
        body = ox.serialize(kept, format=GRAPHS[media][0], prefixes=dict(PREFIXES)) or b""
        return Reply(200, media, body, len(triples) > limit)
    if isinstance(answer, ox.QueryBoolean):
        result, cut = QueryResult(("answer",), (), bool(answer)), False
    else:
        rows = [tuple(row) for row in islice(answer, limit + 1)]
        columns = tuple(variable.value for variable in answer.variables)
        result, cut = QueryResult(columns, tuple(rows[:limit])), len(rows) > limit
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Reply(200, media + charset, TABLES[media][0](result).encode(), cut)


ACTIONS = {"query": _query, "graph": _draw, "evidence": _show_evidence}
