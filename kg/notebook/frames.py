"""Articles, statements and answers → pandas data frames."""

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd
from pyoxigraph import Literal, NamedNode

from kg.model import Article, Attribution, Polarity, Role, Status
from kg.ontology import PREFIXES, compact, local_id
from kg.query import QueryResult, Term

if TYPE_CHECKING:
    from kg.notebook.lists import Statements

__all__ = ["COLUMNS", "answer_frame", "articles_frame", "statements_frame"]

COLUMNS = (
    "source",  # code of the state that acts, None where unknown; so `target`
    "target",
    "event_type",  # of PLOVER
    "relation",  # sr:…
    "status",
    "polarity",
    "theme",  # the words for what is given, sent, asked …
    "quantity",  # how much of it, in `unit`
    "unit",
    "sayers",  # who says so, innermost first: the state that they speak for, else their name; joined by " < "
    "begins",  # the interval of days that the words give: the first day, and the first day that is out
    "ends",
    "published",  # day or month, as known
    "publisher",
    "language",
    "confidence",
    "quote",
    "article",
    "id",
)
BARE = {f"sr:{name}": str(name) for name in chain(Status, Polarity)}
BY_ID = frozenset({"actor", "article", "statement"})
NUMBERS = {f"{PREFIXES['xsd']}integer": int} | {
    f"{PREFIXES['xsd']}{name}": float for name in ("decimal", "double", "float")
}


def articles_frame(articles: Iterable[Article]) -> pd.DataFrame:
    """A row for each article; `published` is a day or month, as known, `words` counts by white space."""
    columns = ("id", "published", "publisher", "language", "title", "url", "words")
    rows = (
        (*(getattr(article, name) for name in columns[:-1]), len(article.text.split()))
        for article in articles
    )
    return pd.DataFrame(rows, columns=list(columns))


def statements_frame(statements: "Statements") -> pd.DataFrame:
    """A row for each statement, in their order, with the columns `COLUMNS`."""
    rows = []
    for statement in statements:
        article = statements.article(statement)
        theme, time = statement.argument(Role.THEME), statement.time
        rows.append(
            (
                statement.source,
                statement.target,
                statement.event_type,
                statement.relation.id,
                str(statement.status),
                str(statement.polarity),
                theme and theme.mention.text,
                theme and theme.quantity,
                theme and theme.unit,
                " < ".join(map(_sayer, statement.attribution)) or None,
                time and pd.Timestamp(time.start),
                time and pd.Timestamp(time.end),
                article.published,
                article.publisher,
                article.language,
                statement.confidence,
                statement.evidence.quote,
                article.id,
                statement.id,
            )
        )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"begins": "datetime64[ns]", "ends": "datetime64[ns]", "quantity": "float64"})


def answer_frame(answer: QueryResult) -> pd.DataFrame:
    """The answer to a question: actors, articles and statements by id, numbers as numbers, dates as text.

    A status and a polarity are bare words, other names have their prefix; an ASK is one cell.
    """
    rows = [(answer.boolean,)] if answer.boolean is not None else answer.rows
    return pd.DataFrame(([_value(cell) for cell in row] for row in rows), columns=list(answer.columns))


def _sayer(attribution: Attribution) -> str:
    actor = attribution.actor
    return (actor.state or actor.label("en")) if actor else attribution.mention.text


def _value(term: Term | bool | None) -> object:
    if isinstance(term, NamedNode):
        name = compact(term.value)
        return local_id(term.value) if name.partition(":")[0] in BY_ID else BARE.get(name, name)
    if isinstance(term, Literal):
        if term.datatype.value == f"{PREFIXES['xsd']}boolean":
            return term.value in ("true", "1")
        return NUMBERS.get(term.datatype.value, str)(term.value)
    return term if term is None or isinstance(term, bool) else str(term)
