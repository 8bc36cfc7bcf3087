"""One fact told twice: which statements are one claim, by hand and through the extractor."""

from datetime import date

import pytest
from pyoxigraph import NamedNode
from store_factory import ARTICLE, make_statement

from kg.extract.rules import RuleExtractor
from kg.model import Article, Status
from kg.ontology import article_iri, statement_iri
from kg.parse import Parser
from kg.query import run_query
from kg.store import EmbeddedStore
from kg.store.claims import Claim, Telling, group_tellings
from kg.store.rdf import node
from kg.validation import validate


def telling(name: str, day: int | None = 1, **changes: object) -> Telling:
    values = {
        "statement": NamedNode(statement_iri(name)),
        "article": NamedNode(article_iri(f"article of {name}")),
        "relation": node("sr:aids"),
        "source": NamedNode("x:PRK"),
        "target": NamedNode("x:RUS"),
        "affirms": True,
        "day": day and date(2025, 6, day),
    }
    return Telling(**{**values, **changes})


def names(claims: list[Claim]) -> list[str]:
    """The statements of each claim, a letter each."""
    return sorted("".join(each.statement.value[-1] for each in claim.tellings) for claim in claims)


SWAPPED = {"source": NamedNode("x:RUS"), "target": NamedNode("x:PRK")}


@pytest.mark.parametrize(
    ("others", "claims"),
    [
        ([telling("b")], ["ab"]),
        ([telling("b", 4)], ["ab"]),
        ([telling("b", 5)], ["a", "b"]),
        ([telling("b", 4), telling("c", 5), telling("d", 8)], ["ab", "cd"]),
        ([telling("b", affirms=False)], ["ab"]),
        ([telling("b", **SWAPPED)], ["a", "b"]),
        ([telling("b", relation=node("sr:lendsTo"))], ["a", "b"]),
        ([telling("b", quantity=1000.0)], ["ab"]),
        ([telling("b", quantity=1000.0), telling("c", quantity=5000.0)], ["ab", "c"]),
        ([telling("b", None)], ["a", "b"]),
        ([telling("b", None), telling("c", None)], ["a", "b", "c"]),
    ],
    ids=range(11),
)
def test_what_says_the_same_is_one_claim(others: list[Telling], claims: list[str]) -> None:
    made = list(group_tellings([*reversed(others), telling("a")]))

    assert names(made) == claims
    assert len({claim.name for claim in made}) == len(made)


def test_a_symmetric_relation_is_told_from_either_end() -> None:
    war = node("sr:atWarWith")

    assert names(group_tellings([telling("a", relation=war), telling("b", relation=war, **SWAPPED)])) == [
        "ab"
    ]


def test_without_a_day_an_article_agrees_with_itself() -> None:
    same = NamedNode(article_iri("one"))

    assert names(group_tellings([telling("a", None, article=same), telling("b", None, article=same)])) == [
        "ab"
    ]


def test_claims_are_stored_and_conform(tmp_path) -> None:
    with EmbeddedStore.open(tmp_path / "store") as store:
        store.replace(ARTICLE, [make_statement(), make_statement("s2", status=Status.DENIED)])
        store.derive()
        asked = "SELECT ?says ?statement { GRAPH graph:claims { ?claim a sr:Claim ; ?says ?statement } "
        asked += "FILTER(?says IN (sr:affirmedBy, sr:contradictedBy)) } ORDER BY ?says"
        rows = run_query(store, asked).texts()
        assert rows == [("sr:affirmedBy", "statement:s1"), ("sr:contradictedBy", "statement:s2")]
        assert validate(store) == []
        store.remove(ARTICLE.id)
        store.derive()
        assert run_query(store, "SELECT ?claim { ?claim a sr:Claim }").rows == ()


@pytest.fixture(scope="module")
def reading():
    return Parser(), RuleExtractor()


@pytest.mark.parametrize(
    ("english", "romanian", "published", "same", "agree"),
    [
        (
            "On Monday Denmark sent 200 soldiers to Latvia.",
            "Danemarca a trimis luni 200 de soldați în Letonia.",
            "2024-03-06",
            True,
            True,
        ),
        (
            "Denmark sent soldiers to Latvia.",
            "Danemarca a trimis 200 de soldați în Letonia.",
            "2024-03-06",
            True,
            True,
        ),
        (
            "Morocco accused Algeria of espionage.",
            "Marocul a acuzat Algeria de spionaj.",
            "2024-03-07",
            True,
            True,
        ),
        ("Peru attacked Ecuador.", "Peru nu a atacat Ecuadorul.", "2024-03-05", True, False),
        (
            "Denmark sent 300 soldiers to Latvia.",
            "Danemarca a trimis 200 de soldați în Letonia.",
            "2024-03-06",
            False,
            True,
        ),
        (
            "Denmark sent 200 soldiers to Latvia.",
            "Danemarca a trimis 200 de soldați în Letonia.",
            "2024-05-06",
            False,
            True,
        ),
        (
            "Latvia sent 200 soldiers to Denmark.",
            "Danemarca a trimis 200 de soldați în Letonia.",
            "2024-03-06",
            False,
            True,
        ),
        (
            "Morocco condemned Algeria.",
            "Marocul a acuzat Algeria de spionaj.",
            "2024-03-06",
            False,
            True,
        ),
    ],
    ids=range(8),
)
def test_news_in_two_languages(tmp_path, reading, english, romanian, published, same, agree) -> None:
    parser, extractor = reading
    articles = [
        Article("en", english, "en", published="2024-03-05"),
        Article("ro", romanian, "ro", published=published),
    ]
    with EmbeddedStore.open(tmp_path / "store") as store:
        for article in articles:
            store.replace(article, extractor.extract(article, parser.parse(article)))
        store.derive()
        asked = """SELECT ?claim (COUNT(?yes) AS ?affirming) (COUNT(?no) AS ?contradicting) WHERE {
            { ?claim sr:affirmedBy ?yes } UNION { ?claim sr:contradictedBy ?no } } GROUP BY ?claim"""
        counts = [(int(row[1]), int(row[2])) for row in run_query(store, asked).texts()]
    assert counts == ([(2, 0) if agree else (1, 1)] if same else [(1, 0), (1, 0)])
