"""A store as an analyst uses it: questions, statements, networks, pictures."""

import re
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import NamedNode

from kg.errors import KGError
from kg.notebook.html import Page
from kg.notebook.lists import Articles, Statements
from kg.notebook.names import check_range, first_day, last_day, resolve_actor
from kg.ontology import actor_iri
from kg.query import DAYS, list_questions, run_query
from kg.store import Store, open_store

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Graph", "open_graph"]

# A frame that is cut short in silence misleads whoever counts its rows.
WHOLE = "999999999"
ACTOR = re.compile(r"\bactor:([\w-]+)")


class Graph:
    """What a store holds, read only; `close` it, or use it in a `with`, to let go of the store."""

    def __init__(self, store: Store) -> None:
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

    def query(self, question: str, **parameters: str | int | date | None) -> "pd.DataFrame":
        """The answer to a saved question, by its name, or to SPARQL, as a data frame.

        A state is given by code or name, a date as year, month or day; `None` leaves a parameter open.
        Columns are the question's; `kg.notebook.frames.answer_frame` says how cells are written. All rows
        come unless `limit` is given; nothing found is an empty frame.
        Raises: QueryError for an unknown question or parameter and for wrong SPARQL, KGError for a
        value that isn't known, naming the nearest.
        """
        from kg.notebook.frames import answer_frame  # noqa: PLC0415  (pandas is slow to import)

        questions = {each.name: each for each in list_questions()}
        known = questions[question.strip()].parameters if question.strip() in questions else ()
        kinds = {parameter.name: parameter.kind for parameter in known}
        given = {
            name: self._read(name, kinds.get(name), value)
            for name, value in parameters.items()
            if value is not None
        }
        limits = (given.get(name) if kinds.get(name) in DAYS else None for name in ("since", "until"))
        check_range(self.articles, *limits)
        if "limit" in kinds:
            given.setdefault("limit", WHOLE)
        answer = answer_frame(run_query(self.store, question, given))
        if answer.empty and not known:
            self._check_actors(question)
        return answer

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

    def _read(self, name: str, kind: str | None, value: str | int | date) -> str:
        """The value of a parameter of this kind in the form that `run_query` wants."""
        if kind == "actor":
            return self._actor(str(value))
        if kind in DAYS and not isinstance(value, int):
            return last_day(value, name) if kind == "until" else first_day(value, name)
        return str(value)

    def _actor(self, name: str) -> str:
        """The id of an actor: of one that only this store knows, if it is one, else of whom it names."""
        told = f"ASK {{ ?statement sr:argument/sr:actor {NamedNode(actor_iri(name))} }}"
        return name if self.store.query(told) else resolve_actor(name).id

    def _check_actors(self, sparql: str) -> None:
        """Raises KGError, naming the nearest, where SPARQL names an actor that there is not."""
        for name in ACTOR.findall(sparql):
            found = self._actor(name)
            if found != name:
                raise KGError(f"no actor:{name}: did you mean actor:{found}?")


def open_graph(store: str | Path) -> Graph:
    """The graph of the store in a folder, such as the `store` of what `kg build` wrote, or at a URL.

    Raises: StoreError where there is none.
    """
    return Graph(open_store(store, read_only=True))
