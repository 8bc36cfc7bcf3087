"""Articles and statements as lists that a notebook shows as tables."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Self, SupportsIndex, overload

from kg.articles import Failure
from kg.graph import relation_graph
from kg.model import Article, Polarity, Statement, Status
from kg.notebook.html import Page, articles_table, draw, statements_table
from kg.notebook.names import check_range, choose, first_day, last_day, resolve_state, within
from kg.ontology import load_ontology

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Articles", "Statements"]

WEIGHTS = ("statements", "articles", "confidence", "score")


class Articles(list[Article]):
    """A list of articles; `failures` are the inputs that gave none, each with its reason."""

    def __init__(self, articles: Iterable[Article] = (), failures: Iterable[Failure] = ()) -> None:
        super().__init__(articles)
        self.failures = tuple(failures)

    def to_frame(self) -> "pd.DataFrame":
        """A row for each article: id, published, publisher, language, title, url, words."""
        from kg.notebook.frames import articles_frame  # noqa: PLC0415  (pandas is slow to import)

        return articles_frame(self)

    def __repr__(self) -> str:
        return f"<{len(self)} articles>"

    def _repr_html_(self) -> str:
        return articles_table(self)


class Statements(list[Statement]):
    """A list of statements; `articles` are those that they stand in, by id, without which they have no dates.

    A slice and what `where` picks are lists of the same kind.

    >>> Statements().where(source="Rusia", status="denied")
    <0 statements>
    """

    def __init__(
        self,
        statements: Iterable[Statement] = (),
        articles: Mapping[str, Article] | None = None,
        failures: Iterable[Failure] = (),
    ) -> None:
        super().__init__(statements)
        self.articles = dict(articles or {})
        self.failures = tuple(failures)

    @overload
    def __getitem__(self, index: SupportsIndex) -> Statement: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Statement | Self:
        found = super().__getitem__(index)
        return self._of(found) if isinstance(found, list) else found

    def article(self, statement: Statement) -> Article:
        """The article that the statement stands in; only its id where no more is known."""
        name = statement.evidence.span.article
        return self.articles.get(name) or Article(name, "")

    def where(  # noqa: PLR0913  (a keyword for each filter)
        self,
        *,
        state: str | Iterable[str] | None = None,
        source: str | Iterable[str] | None = None,
        target: str | Iterable[str] | None = None,
        event_type: str | Iterable[str] | None = None,
        relation: str | Iterable[str] | None = None,
        status: str | Iterable[str] | None = None,
        polarity: str | None = None,
        since: str | date | None = None,
        until: str | date | None = None,
        language: str | Iterable[str] | None = None,
        publisher: str | Iterable[str] | None = None,
    ) -> Self:
        """The statements that fit all that is given; any of several values fits.

        `state` is at either end, `source` acts, `target` is acted on: a code or a name, as for
        `kg.notebook.names.resolve_state`. The relation of an event type ("sr:aids") stands for all of
        its type. `since` and `until` are the first and the last year, month or day of publication that count.
        Raises: KGError for a value that isn't known, naming the nearest. A known state of which nothing
        is told gives an empty list.
        """
        ontology = load_ontology()
        known = self.articles.values()
        ends = choose(state, "state", meaning=resolve_state)
        sources = choose(source, "state", meaning=resolve_state)
        targets = choose(target, "state", meaning=resolve_state)
        types = choose(event_type, "event type", ontology.event_types, str.upper)
        relations = choose(relation, "relation", meaning=lambda name: ontology.relation(name).id)
        statuses = choose(status, "status", tuple(map(str, Status)))
        polarities = choose(polarity, "polarity", tuple(map(str, Polarity)))
        languages = choose(language, "language", {each.language for each in known if each.language})
        publishers = choose(publisher, "publisher", {each.publisher for each in known if each.publisher})
        begin = None if since is None else first_day(since, "since")
        end = None if until is None else last_day(until, "until")
        check_range(known, begin, end)

        def fits(statement: Statement) -> bool:
            article = self.article(statement)
            name = statement.relation.id
            return (
                (ends is None or statement.source in ends or statement.target in ends)
                and (sources is None or statement.source in sources)
                and (targets is None or statement.target in targets)
                and (types is None or statement.event_type in types)
                and (relations is None or bool({name, ontology.relation(name).parent} & relations))
                and (statuses is None or statement.status in statuses)
                and (polarities is None or statement.polarity in polarities)
                and (languages is None or article.language in languages)
                and (publishers is None or article.publisher in publishers)
                and within(article.published, begin, end)
            )

        return self._of(filter(fits, self))

    def to_frame(self) -> "pd.DataFrame":
        """A row for each statement; the columns are those of `kg.notebook.frames.COLUMNS`."""
        from kg.notebook.frames import statements_frame  # noqa: PLC0415  (pandas is slow to import)

        return statements_frame(self)

    def network(self, weight: str = "statements") -> "nx.MultiDiGraph[str]":
        """A networkx graph of states, with one edge for each source, target and event type.

        Nodes and edges have the attributes of `kg.graph.relation_graph`; an edge also has `score`, the
        PLOVER score of its event type (-10 conflict to 10 cooperation), and `weight`, a number:
        "statements" or "articles" that tell it, the sum of their "confidence", or "score" times
        statements. Statements of every status and polarity are in it: pick with `where` before.
        Raises: KGError for another weight.
        """
        choose(weight, "weight", WEIGHTS)
        graph = relation_graph(self)
        told = {statement.id: statement for statement in self}
        for _, _, event_type, edge in graph.edges(keys=True, data=True):
            found = [told[name] for name in edge["statements"]]
            edge["score"] = load_ontology().score(event_type)
            edge["weight"] = {
                "statements": len(found),
                "articles": len({each.evidence.span.article for each in found}),
                "confidence": sum(each.confidence for each in found),
                "score": edge["score"] * len(found),
            }[weight]
        return graph

    def show(self, *, language: str = "en", title: str | None = None, height: int = 640) -> Page:
        """A page that a notebook draws in a frame of its own, `height` pixels high, and that can be saved."""
        return draw(self, self.articles, language=language, title=title, height=height)

    def _of(self, statements: Iterable[Statement]) -> Self:
        return type(self)(statements, self.articles, self.failures)

    def __repr__(self) -> str:
        return f"<{len(self)} statements>"

    def _repr_html_(self) -> str:
        return statements_table(self, self.articles)
