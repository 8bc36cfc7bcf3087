"""Which statements tell the same fact, so that the page can set them side by side."""

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from kg.model import Article, Polarity, Statement, Status
from kg.store.claims import Telling, group_tellings, telling_of

__all__ = ["Stance", "group_facts", "stance"]

Stance = int


def group_facts(statements: Iterable[Statement], articles: Mapping[str, Article]) -> dict[str, int]:
    """A number for each statement by its id; those with the same number tell the same fact.

    They are the tellings of one claim, by the rule of `kg.store.claims`. A statement with source or target
    unknown stands alone.
    """
    ids: dict[NamedNode, str] = {}
    numbers: dict[str, int] = {}
    tellings: list[Telling] = []
    for each in statements:
        id_ = each.evidence.span.article
        telling = telling_of(each, articles.get(id_) or Article(id_, ""))
        if telling is None:
            numbers[each.id] = len(numbers)
        else:
            ids[telling.statement] = each.id
            tellings.append(telling)
    for number, claim in enumerate(group_tellings(tellings), len(numbers)):
        numbers |= {ids[telling.statement]: number for telling in claim.tellings}
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
