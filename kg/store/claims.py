"""One fact told twice: the statements that say the same, in whatever article and language, as one claim.

Statements say the same where they have one relation, one source and one target (either way round for a
symmetric relation), and

- the same time: the day on which what they tell begins, if the text gives a time of a week at most, else the
  day on which the article was published. A claim spans `WINDOW` days from its first; a statement whose day
  isn't known is joined only to those of its own article;
- no other theme: what is sent, paid or signed is compared by its quantity, which needs no translation. Two
  different quantities make two claims; a statement without one joins the first of them.

Status and polarity don't part statements: an asserted, planned or claimed one affirms the claim; one that is
denied, or negative, contradicts it. (A denied negative one affirms.) The rule keeps apart what it can't
compare rather than join what differs: a slip joins nothing, it leaves a claim with one telling.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolution, Triple

from kg.model import Article, Polarity, Role, Statement, Status
from kg.ontology import DATA, PREFIXES, SR, actor_iri, article_iri, compact, load_ontology, statement_iri
from kg.store.rdf import node

__all__ = [
    "CLAIMS",
    "TELLINGS",
    "WINDOW",
    "Claim",
    "Telling",
    "claim_triples",
    "group_tellings",
    "read_tellings",
    "telling_of",
]

CLAIMS = NamedNode(f"{PREFIXES['graph']}claims")
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
WINDOW = timedelta(days=4)
NAMES = ("statement", "article", "relation", "source", "target")

TELLINGS = f"""PREFIX sr: <{SR}> PREFIX prov: <{PREFIXES["prov"]}> PREFIX dcterms: <{PREFIXES["dcterms"]}>
  SELECT ?statement ?relation ?source ?target ?status ?polarity ?begins ?ends ?issued ?article
    (MIN(?number) AS ?quantity) WHERE {{ GRAPH ?article {{
      ?statement sr:relation ?relation ; sr:source ?source ; sr:target ?target ;
        sr:status ?status ; sr:polarity ?polarity .
      OPTIONAL {{ ?statement sr:begins ?begins ; sr:ends ?ends }}
      OPTIONAL {{ ?article dcterms:issued ?issued }}
      OPTIONAL {{ ?statement sr:argument ?theme . ?theme sr:role sr:theme ; sr:quantity ?number }}
  }} }} GROUP BY ?statement ?relation ?source ?target ?status ?polarity ?begins ?ends ?issued ?article"""


@dataclass(frozen=True, slots=True)
class Telling:
    """What of a stored statement is compared; `day` is `None` where neither text nor article gives one."""

    statement: NamedNode
    article: NamedNode
    relation: NamedNode
    source: NamedNode
    target: NamedNode
    affirms: bool
    day: date | None = None
    quantity: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements that say the same; `tellings` are in the order of their days."""

    tellings: tuple[Telling, ...]
    quantity: float | None

    @property
    def name(self) -> NamedNode:
        """The claim's IRI, made of what its first telling says."""
        first = self.tellings[0]
        place = first.day.isoformat() if first.day else first.article.value
        content = "\x1f".join((*_subject(first), place, str(self.quantity)))
        return NamedNode(f"{DATA}claim/{hashlib.sha256(content.encode()).hexdigest()[:16]}")


def read_tellings(rows: Iterable[QuerySolution]) -> Iterator[Telling]:
    """What a store's answers to `TELLINGS` say: all that it has of statements with a source and a target."""
    for row in rows:
        names = [cast(NamedNode, row[name]) for name in NAMES]
        denied = row["status"] == node("sr:denied")
        begins, ends, issued = (_day(row[name]) for name in ("begins", "ends", "issued"))
        short = begins is not None and ends is not None and ends - begins <= WEEK
        quantity = row["quantity"]
        yield Telling(
            **dict(zip(NAMES, names, strict=True)),
            affirms=denied == (row["polarity"] == node("sr:negative")),
            day=begins if short else issued,
            quantity=float(quantity.value) if isinstance(quantity, Literal) else None,
        )


def telling_of(statement: Statement, article: Article) -> Telling | None:
    """What of a statement and its article is compared; `None` without a source or a target."""
    if statement.source is None or statement.target is None:
        return None
    themes = (each.quantity for each in statement.arguments if each.role is Role.THEME)
    time = statement.time if statement.time and statement.time.end - statement.time.start <= WEEK else None
    return Telling(
        NamedNode(statement_iri(statement.id)),
        NamedNode(article_iri(article.id)),
        NamedNode(SR + statement.relation.id.removeprefix("sr:")),
        NamedNode(actor_iri(statement.source)),
        NamedNode(actor_iri(statement.target)),
        affirms=(statement.status is Status.DENIED) == (statement.polarity is Polarity.NEGATIVE),
        day=time.start if time else _read_day(article.published),
        quantity=min((number for number in themes if number is not None), default=None),
    )


def group_tellings(tellings: Iterable[Telling]) -> Iterator[Claim]:
    """The claims that the tellings make, each telling in one of them, in the order of what they say.

    Linear in the number of tellings but for a sort, which goes to the disk where they are many.
    """
    with closing(sqlite3.connect("")) as sorter:
        sorter.execute(
            "CREATE TABLE telling (relation, one, other, apart, "
            "statement, article, source, target, affirms, day, quantity)"
        )
        sorter.executemany(
            "INSERT INTO telling VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, tellings)
        )
        rows = sorter.execute("SELECT * FROM telling ORDER BY relation, one, other, apart, day, statement")
        for _, group in groupby(rows, key=itemgetter(slice(4))):
            for window in _windows(map(_telling, group)):
                yield from _by_quantity(window)


def claim_triples(claims: Iterable[Claim]) -> Iterator[Triple]:
    """The triples that describe the claims and name the statements that affirm and contradict them."""
    for claim in claims:
        name, first = claim.name, claim.tellings[0]
        yield Triple(name, node("rdf:type"), node("sr:Claim"))
        yield Triple(name, node("sr:claimedRelation"), first.relation)
        yield Triple(name, node("sr:claimedSource"), first.source)
        yield Triple(name, node("sr:claimedTarget"), first.target)
        days = [telling.day for telling in claim.tellings if telling.day]
        if days:
            yield Triple(name, node("sr:claimedBegin"), _date(days[0]))
            yield Triple(name, node("sr:claimedEnd"), _date(days[-1] + DAY))
        if claim.quantity is not None:
            yield Triple(name, node("sr:claimedQuantity"), Literal(claim.quantity))
        for telling in claim.tellings:
            says = "sr:affirmedBy" if telling.affirms else "sr:contradictedBy"
            yield Triple(name, node(says), telling.statement)


def _row(telling: Telling) -> tuple[str | float | None, ...]:
    """What a telling is grouped by, then its fields, as SQLite takes them."""
    apart = "" if telling.day else telling.article.value
    names = (name.value for name in (telling.statement, telling.article, telling.source, telling.target))
    day = telling.day.isoformat() if telling.day else None
    return (*_subject(telling), apart, *names, telling.affirms, day, telling.quantity)


def _telling(row: tuple[Any, ...]) -> Telling:
    relation, _, _, _, *names, affirms, day, quantity = row
    statement, article, source, target = map(NamedNode, names)
    said = NamedNode(relation), source, target
    return Telling(statement, article, *said, bool(affirms), _read_day(day), quantity)


def _windows(tellings: Iterable[Telling]) -> Iterator[list[Telling]]:
    """Tellings in the order of their days, cut where one comes `WINDOW` after the first of its part."""
    window: list[Telling] = []
    for telling in tellings:
        if window and (telling.day or date.min) - (window[0].day or date.min) >= WINDOW:
            yield window
            window = []
        window.append(telling)
    if window:
        yield window


def _by_quantity(tellings: Sequence[Telling]) -> Iterator[Claim]:
    """The claims of one window: one for each quantity, those without any joining the first."""
    quantities = [None, *dict.fromkeys(each.quantity for each in tellings if each.quantity is not None)]
    first = quantities[:2]
    for alike in (first, *([quantity] for quantity in quantities[2:])):
        yield Claim(tuple(each for each in tellings if each.quantity in alike), alike[-1])


def _subject(telling: Telling) -> tuple[str, str, str]:
    """What two tellings of the same have in common: relation and both ends, sorted where it is symmetric."""
    ends = telling.source.value, telling.target.value
    if load_ontology().relation(compact(telling.relation.value)).symmetric:
        ends = min(ends), max(ends)
    return (telling.relation.value, *ends)


def _date(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=node("xsd:date"))


def _day(term: object) -> date | None:
    return _read_day(term.value) if isinstance(term, Literal) else None


def _read_day(text: str | None) -> date | None:
    """The day, `None` for a month or for nothing."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
