"""Which statements tell the same fact, so that the page can set them side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kg.model import Article, Polarity, Statement, Status
from kg.ontology import load_ontology
from kg.view.filters import day_of

__all__ = ["Stance", "group_facts", "stance"]

NEARBY = timedelta(days=7)  # between two reports of one fact
Stance = int


def group_facts(statements: Iterable[Statement], articles: Mapping[str, Article]) -> dict[str, int]:
    """A number for each statement by its id; those with the same number tell the same fact.

    They have relation, source and target in common (of a symmetric relation, the pair), and the days on
    which the event happened, or else was told, follow each other within a week. Statements with a target
    or a source unknown, or without any day, stand alone.
    """
    ontology = load_ontology()
    reports: defaultdict[tuple[str, ...], list[tuple[date, str]]] = defaultdict(list)
    numbers: dict[str, int] = {}
    for each in statements:
        day = each.time.start if each.time else day_of(each, articles)
        if each.source is None or each.target is None or day is None:
            numbers[each.id] = len(numbers)
            continue
        symmetric = ontology.relation(each.relation.id).symmetric
        ends = sorted((each.source, each.target)) if symmetric else (each.source, each.target)
        reports[each.relation.id, *ends].append((day, each.id))
    number = len(numbers)
    for told in reports.values():
        before = None
        for day, id_ in sorted(told):
            number += before is None or day - before > NEARBY
            numbers[id_] = number
            before = day
    return numbers


def stance(statement: Statement) -> Stance:
    """1 where the statement says that the fact is so, -1 where it says that it isn't, 0 for neither.

    A statement contradicts another of the same fact where one has 1 and the other -1.
    """
    if statement.status is Status.DENIED:
        return -1 if statement.polarity is Polarity.POSITIVE else 1
    if statement.polarity is Polarity.NEGATIVE:
        return -1
    return 1 if statement.status is Status.ASSERTED else 0
