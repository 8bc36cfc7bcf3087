"""The store as CSV files for `neo4j-admin database import full`.

Actors and statements are nodes. From a statement go SOURCE, TARGET and ATTRIBUTED_TO to actors; between
actors goes one relationship for each edge, whose type is the event type. No spreadsheet opens these files:
texts stay as they are.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.exports.edges import describe_actor, read_edges
from kg.model import Actor, Statement
from kg.store.base import Store

__all__ = ["write_neo4j"]

STATEMENTS = (
    "id:ID", "relation", "event_type", "status", "polarity", "confidence:double", "begins:date", "ends:date",
    "quote", "article", "published", "extractor", ":LABEL",
)  # fmt: skip
RELATIONSHIPS = (
    ":START_ID", ":END_ID", ":TYPE", "relation", "status", "polarity", "statements:int", "articles:int",
    "first", "last",
)  # fmt: skip
Row = tuple[object, ...]


def write_neo4j(store: Store, out: Path) -> None:
    """Writes a folder with `actors.csv`, `statements.csv` (nodes) and `relationships.csv`."""
    statements = list(store.statements())
    published = {article.id: article.published or "" for article in store.articles()}
    links = [link for statement in statements for link in _links(statement)]
    edges = [
        (_actor(edge.source), _actor(edge.target), edge.event_type, edge.relation, *edge[4:])
        for edge in read_edges(store)
    ]
    known = store.actors()
    codes = sorted({str(link[1]).removeprefix("actor:") for link in links})
    out.mkdir()
    columns = ("id:ID", "code", *describe_actor("", {}), ":LABEL")
    _write_table(out / "actors.csv", columns, (_describe(code, known) for code in codes))
    _write_table(
        out / "statements.csv",
        STATEMENTS,
        (_statement(each, published[each.evidence.span.article]) for each in statements),
    )
    _write_table(out / "relationships.csv", RELATIONSHIPS, [*edges, *links])


def _write_table(out: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((columns, *rows))


def _actor(code: str) -> str:
    return f"actor:{code}"


def _describe(code: str, known: Mapping[str, Actor]) -> Row:
    details = describe_actor(code, known)
    return _actor(code), code, *details.values(), f"Actor;{details['kind'].title()}".rstrip(";")


def _statement(statement: Statement, published: str) -> Row:
    time = statement.time
    return (
        f"statement:{statement.id}",
        statement.relation.id,
        statement.event_type,
        str(statement.status),
        str(statement.polarity),
        statement.confidence,
        time.start if time else "",
        time.end if time else "",
        " ".join(statement.evidence.quote.split()),  # the importer takes a line end for that of the row
        statement.evidence.span.article,
        published,
        statement.extractor,
        "Statement",
    )


def _links(statement: Statement) -> Iterator[Row]:
    """The relationships from a statement to actors, without properties."""
    sayers = dict.fromkeys(said.actor.id for said in statement.attribution if said.actor)
    ends = (
        ("SOURCE", statement.source),
        ("TARGET", statement.target),
        *(("ATTRIBUTED_TO", sayer) for sayer in sayers),
    )
    for kind, code in ends:
        if code is not None:
            properties = [""] * (len(RELATIONSHIPS) - 3)
            yield f"statement:{statement.id}", _actor(code), kind, *properties
