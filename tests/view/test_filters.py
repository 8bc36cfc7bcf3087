"""What the filters of a view let through."""

from collections import defaultdict
from datetime import date

import pytest
from synthetic import generate, statement

from kg.errors import QueryError
from kg.model import Article, Polarity, Status, TimeInterval
from kg.store.embedded import EmbeddedStore
from kg.view.facts import group_facts, stance
from kg.view.filters import Filter, day_of, read_interval

ARTICLES = {
    "a": Article("a", "", "ro", publisher="Agenția", published="2025-01"),
    "b": Article("b", "", "en", publisher="The Wire", published="2025-06-17"),
    "c": Article("c", "", "en"),
}
TOLD = [
    statement("a", "PRK", "RUS", "sendsPersonnelTo"),
    statement("b", "PRK", "RUS", "sendsWeaponsTo", confidence=0.5),
    statement("b", "RUS", "CHN", "visits", status=Status.PLANNED),
    statement("c", "CHN", "FRA", "visits"),
]


@pytest.mark.parametrize(
    ("conditions", "kept"),
    [
        (Filter(), [0, 1, 2, 3]),
        (Filter(event_types=frozenset({"CONSULT"})), [2, 3]),
        (Filter(statuses=frozenset({Status.PLANNED})), [2]),
        (Filter(since=date(2025, 1, 2)), [1, 2]),
        (Filter(until=date(2025, 1, 1)), [0]),
        (Filter(publishers=frozenset({"Agenția"})), [0]),
        (Filter(languages=frozenset({"en"})), [1, 2, 3]),
        (Filter(confidence=0.6), [0, 2, 3]),
        (Filter(min_statements=2), [0, 1]),
        (Filter(min_statements=2, confidence=0.6), []),
        (Filter(focus="PRK"), [0, 1]),
        (Filter(focus="PRK", steps=2), [0, 1, 2]),
        (Filter(focus="RUS"), [0, 1, 2]),
        (Filter(between=("PRK", "CHN")), [0, 1, 2]),
        (Filter(between=("PRK", "FRA")), [0, 1, 2, 3]),
        (Filter(between=("RUS", "CHN")), [2]),
        (Filter(between=("PRK", "NER")), []),
        (Filter(focus="NER"), []),
    ],
)
def test_filter_keeps(conditions, kept):
    assert conditions.select(TOLD, ARTICLES) == tuple(TOLD[number] for number in kept)


def test_day_is_that_of_publication_else_of_the_event():
    time = TimeInterval("în 2019", date(2019, 1, 1), date(2020, 1, 1))
    days = [day_of(statement(name, "PRK", "RUS", time=time), ARTICLES) for name in "bac"]
    assert days == [date(2025, 6, 17), date(2025, 1, 1), date(2019, 1, 1)]
    assert day_of(TOLD[3], ARTICLES) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2024-12", (2024, 12, 1), (2024, 12, 31)),
        ("2024-02-07", (2024, 2, 7), (2024, 2, 7)),
    ],
)
def test_interval_of_a_year_a_month_a_day(text, first, last):
    assert read_interval(text) == (date(*first), date(*last))


@pytest.mark.parametrize("text", ["", "june", "2025-13", "2025-1", "20250617", "2025-06-17T10"])
def test_other_texts_are_no_interval(text):
    with pytest.raises(QueryError, match="2025-06-17"):
        read_interval(text)


def days(*numbers):
    return {f"{number}": Article(f"{number}", "", published=f"2025-06-{number:02}") for number in numbers}


def test_reports_of_few_days_tell_the_same_fact():
    articles = days(1, 2, 4, 5)
    told = [statement(name, "PRK", "RUS") for name in articles]
    told.append(statement("1", "PRK", "KOR"))
    numbers = group_facts(told, articles)
    assert [numbers[each.id] == numbers[told[0].id] for each in told] == [True, True, True, False, False]


def test_facts_are_the_claims_of_a_store(tmp_path):
    statements, articles = generate(300, 6)
    with EmbeddedStore.open(tmp_path) as store:
        store.load((articles[each.evidence.span.article], [each]) for each in statements)
        rows = store.query("SELECT ?claim ?told { ?claim sr:affirmedBy|sr:contradictedBy ?told }")
        claims = defaultdict(set)
        for claim, told in rows:
            claims[claim].add(told.value.rpartition("/")[2])
    facts = defaultdict(set)
    for id_, number in group_facts(statements, articles).items():
        facts[number].add(id_)
    assert sorted(map(sorted, facts.values())) == sorted(map(sorted, claims.values()))
    assert max(map(len, facts.values())) > 1


def test_symmetric_relation_is_the_same_fact_both_ways():
    articles = days(1, 2)
    for relation, same in (("negotiatesWith", True), ("visits", False)):
        told = [
            statement("1", "PRK", "RUS", relation),
            statement("2", "RUS", "PRK", relation),
        ]
        numbers = group_facts(told, articles)
        assert (numbers[told[0].id] == numbers[told[1].id]) is same


def test_every_statement_has_its_fact():
    statements, articles = generate(200, 10)
    assert group_facts(statements, articles).keys() == {each.id for each in statements}


@pytest.mark.parametrize(
    ("status", "polarity", "expected"),
    [
        (Status.ASSERTED, Polarity.POSITIVE, 1),
        (Status.ASSERTED, Polarity.NEGATIVE, -1),
        (Status.DENIED, Polarity.POSITIVE, -1),
        (Status.DENIED, Polarity.NEGATIVE, 1),
        (Status.PLANNED, Polarity.POSITIVE, 0),
        (Status.CLAIMED, Polarity.POSITIVE, 0),
    ],
)
def test_stance(status, polarity, expected):
    assert stance(statement("a", "PRK", "RUS", status=status, polarity=polarity)) == expected
