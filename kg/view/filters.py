"""What of a graph is looked at: the same filters for `kg graph` and for the page."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kg.actors import load_actors
from kg.errors import QueryError
from kg.model import Article, Statement, Status
from kg.ontology import load_ontology, nearest
from kg.periods import read_interval

__all__ = ["EVERYTHING", "Filter", "day_of", "read_actor", "read_filter"]

NAMES = (
    "type", "status", "since", "until", "publisher", "language", "confidence", "min_statements", "focus",
    "steps", "between",
)  # fmt: skip
DETOUR = 2  # steps that a way between two actors may have where there is a shorter one
Edge = tuple[str | None, str | None, str]
Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Filter:
    """The conditions that a statement has to meet; an empty field sets none.

    `since` and `until` are days, both in. `min_statements` counts those of one source, target and event
    type that meet the conditions before it. Of what is left then, `focus` keeps the edges that can be
    reached from an actor in `steps`, and `between` those on the ways from one actor to another, of two
    steps or, where there are none, the shortest.

    >>> Filter(event_types=frozenset({"AID"})).select([], {})
    ()
    """

    event_types: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    since: date | None = None
    until: date | None = None
    publishers: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    confidence: float = 0.0
    min_statements: int = 1
    focus: str | None = None
    steps: int = 1
    between: tuple[str, str] | None = None

    def select(
        self, statements: Iterable[Statement], articles: Mapping[str, Article]
    ) -> tuple[Statement, ...]:
        """The statements that pass, in their order; `articles` by id give day, publisher and language."""
        passed = [each for each in statements if self._allows(each, articles)]
        numbers = Counter(map(_edge, passed))
        passed = [each for each in passed if numbers[_edge(each)] >= self.min_statements]
        if self.focus is not None:
            passed = _near(passed, self.focus, self.steps)
        if self.between is not None:
            passed = _on_the_way(passed, *self.between)
        return tuple(passed)

    def _allows(self, statement: Statement, articles: Mapping[str, Article]) -> bool:
        id_ = statement.evidence.span.article
        article = articles.get(id_) or Article(id_, "")
        day = day_of(statement, articles)
        return (
            (not self.event_types or statement.event_type in self.event_types)
            and (not self.statuses or statement.status in self.statuses)
            and (not self.publishers or article.publisher in self.publishers)
            and (not self.languages or article.language in self.languages)
            and statement.confidence >= self.confidence
            and (self.since is None or (day is not None and day >= self.since))
            and (self.until is None or (day is not None and day <= self.until))
        )


EVERYTHING = Filter()


def day_of(statement: Statement, articles: Mapping[str, Article]) -> date | None:
    """The day on which the statement was published (of a month, the first), else that of its event.

    What a report recalls may lie years back; a reader who follows the news looks for when it was told.
    """
    article = articles.get(statement.evidence.span.article)
    if article is not None and article.published is not None:
        return read_interval(article.published)[0]
    return statement.time.start if statement.time else None


def read_filter(given: Mapping[str, Sequence[str]]) -> Filter:
    """The filter of values by name: those of the options of `kg graph`, or of a served page's address.

    Of a name that takes one value the last counts; `between` takes two.
    Raises: QueryError, OntologyError.

    >>> read_filter({"type": ["aid"], "since": ["2025-02"]}).since
    datetime.date(2025, 2, 1)
    """
    for name in given:
        if name not in NAMES:
            raise QueryError(f"no filter {name}{nearest(name, NAMES)}; there are {', '.join(NAMES)}")
    last = {name: values[-1] for name, values in given.items() if values}
    between = given.get("between") or ()
    if len(between) not in (0, 2):
        raise QueryError(f"between is {', '.join(between)}, but must be two actors")
    return Filter(
        event_types=frozenset(
            load_ontology().event_type(code.upper()).code for code in given.get("type", ())
        ),
        statuses=frozenset(map(_read_status, given.get("status", ()))),
        since=read_interval(last["since"])[0] if "since" in last else None,
        until=read_interval(last["until"])[1] if "until" in last else None,
        publishers=frozenset(given.get("publisher", ())),
        languages=frozenset(given.get("language", ())),
        confidence=_read_number("confidence", last.get("confidence", "0"), float),
        min_statements=_read_number("min_statements", last.get("min_statements", "1"), int),
        focus=read_actor(last["focus"]) if "focus" in last else None,
        steps=_read_number("steps", last.get("steps", "1"), int),
        between=(read_actor(between[0]), read_actor(between[1])) if between else None,
    )


def read_actor(code: str) -> str:
    """The id of the actor with this code or id, whatever the case of its letters.

    Raises: QueryError for an unknown one, naming the nearest.

    >>> read_actor("prk")
    'PRK'
    """
    known = {actor.lower(): actor for actor in load_actors().actors}
    if code.lower() not in known:
        raise QueryError(
            f"no actor {code}{nearest(code.upper(), known.values())}; `kg actors NAME` finds one"
        )
    return known[code.lower()]


def _read_status(text: str) -> Status:
    if text not in set(Status):
        raise QueryError(f"status is {text!r}, but must be one of {', '.join(Status)}")
    return Status(text)


def _read_number(name: str, text: str, kind: Callable[[str], Number]) -> Number:
    try:
        return kind(text)
    except ValueError as error:
        raise QueryError(f"{name} is {text!r}, not a number") from error


def _edge(statement: Statement) -> Edge:
    return statement.source, statement.target, statement.event_type


def _near(statements: Sequence[Statement], focus: str, steps: int) -> list[Statement]:
    """The statements whose edge has an end that is less than `steps` away from the focus."""
    away = _count_steps(statements, focus)
    return [each for each in statements if min(_ends_away(each, away)) < steps]


def _on_the_way(statements: Sequence[Statement], first: str, second: str) -> list[Statement]:
    from_first, from_second = _count_steps(statements, first), _count_steps(statements, second)
    longest = max(DETOUR, from_first.get(second, 0))

    def length(each: Statement) -> float:
        here, there = _ends_away(each, from_first), _ends_away(each, from_second)
        return 1 + min(here[0] + there[1], here[1] + there[0])

    return [each for each in statements if length(each) <= longest]


def _ends_away(statement: Statement, away: Mapping[str, int]) -> tuple[float, float]:
    source, target = (away.get(end or "", float("inf")) for end in (statement.source, statement.target))
    return source, target


def _count_steps(statements: Iterable[Statement], start: str) -> dict[str, int]:
    """How many edges away from the start each actor is that can be reached, against arrows too."""
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for each in statements:
        if each.source and each.target:
            neighbours[each.source].add(each.target)
            neighbours[each.target].add(each.source)
    away, rim = {start: 0}, {start}
    while rim:
        rim = set().union(*(neighbours[node] for node in rim)) - away.keys()
        away |= dict.fromkeys(rim, max(away.values()) + 1)
    return away
