"""A store as an analyst uses it: questions, statements, networks, pictures."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.notebook.html import Page
from kg.notebook.lists import Articles, Statements
from kg.notebook.names import check_range, read_date, resolve_actor
from kg.query import Parameter, list_questions, run_query
from kg.store import EmbeddedStore

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Graph", "open_graph"]

# Who is given something is the recipient in what people ask, and the target in the graph.
SYNONYMS = {"recipient": "target"}


class Graph:
    """What a store holds, read only; `close` it, or use it in a `with`, to let go of the store."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the store; nothing can be read after."""
        self.store.close()

    @cached_property
    def articles(self) -> Articles:
        """The articles, without their texts, which a store doesn't keep; read once."""
        return Articles(self.store.articles())

    @cached_property
    def _all(self) -> Statements:
        return Statements(self.store.statements(), {article.id: article for article in self.articles})

    def statements(self, **filters: Any) -> Statements:
        """The statements that fit the filters of `Statements.where`: all if there are none.

        Raises: KGError for a value that isn't known, naming the nearest.
        """
        return self._all.where(**filters)

    def query(self, question: str, **parameters: str | int | date) -> "pd.DataFrame":
        """The answer to a saved question, by its name, or to SPARQL, as a data frame.

        A state is given by code or name, a date as year, month or day. Columns are the question's;
        `kg.notebook.frames.answer_frame` says how cells are written. Nothing found is an empty frame.
        Raises: QueryError for an unknown question or parameter and for wrong SPARQL, KGError for a
        value that isn't known, naming the nearest.
        """
        from kg.notebook.frames import answer_frame  # noqa: PLC0415  (needs pandas, an extra)

        known = {each.name: each.parameters for each in list_questions()}.get(question.strip(), ())
        wanted = {parameter.name: parameter for parameter in known}
        given = {}
        for name, value in parameters.items():
            parameter = wanted.get(name) or wanted.get(SYNONYMS.get(name, name))
            given[parameter.name if parameter else name] = self._read(parameter, value)
        self._check_dates(given, wanted)
        return answer_frame(run_query(self.store, question, given))

    def network(self, weight: str = "statements", **filters: Any) -> "nx.MultiDiGraph[str]":
        """A networkx graph of states: `Statements.network` of the statements that fit the filters."""
        return self.statements(**filters).network(weight)

    def show(
        self,
        focus: str | None = None,
        *,
        language: str = "en",
        title: str | None = None,
        height: int = 640,
        **filters: Any,
    ) -> Page:
        """The page of the statements that fit the filters, of those with the state `focus` at an end.

        Raises: KGError for a value that isn't known, naming the nearest.
        """
        found = self.statements(state=focus, **filters)
        return found.show(language=language, title=title, height=height)

    def _read(self, parameter: Parameter | None, value: str | int | date) -> str:
        """The value of a parameter in the form that `run_query` wants."""
        if parameter is not None and parameter.kind == "actor":
            return resolve_actor(str(value)).id
        if parameter is not None and parameter.kind == "date" and not isinstance(value, int):
            return _day(read_date(value, parameter.name), last=parameter.name == "until")
        return str(value)

    def _check_dates(self, given: Mapping[str, str], wanted: Mapping[str, Parameter]) -> None:
        since, until = (given.get(name) if name in wanted else None for name in ("since", "until"))
        check_range({article.id: article for article in self.articles}, since, until)


def open_graph(store: str | Path) -> Graph:
    """The graph of the store in a folder, such as the `store` of what `kg build` wrote.

    Raises: StoreError where there is none.
    """
    return Graph(EmbeddedStore.open(store, read_only=True))


def _day(written: str, *, last: bool) -> str:
    """The first or the last day of a year, month or day."""
    if len(written) == 10:
        return written
    year, month = int(written[:4]), int(written[5:7] or (12 if last else 1))
    return date(year, month, monthrange(year, month)[1] if last else 1).isoformat()
