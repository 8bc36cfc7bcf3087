"""What every store does, in a folder and on servers: articles in and out, edges in step."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from store_factory import ARTICLE, make_statement

from kg.errors import StoreError
from kg.model import Polarity, Status
from kg.ontology import SR, article_iri, compact
from kg.query import list_questions, run_query
from kg.store import EmbeddedStore, Store, open_store
from kg.store.rdf import EDGES

SECOND = replace(ARTICLE, id="a2")


def edges(store: Store) -> set[tuple[str, str, str]]:
    return {
        (compact(quad.subject.value), compact(quad.predicate.value), compact(quad.object.value))
        for quad in store.quads()
        if quad.graph_name == EDGES
    }


def graph_of(store: Store, article: str) -> set[ox.Quad]:
    return {quad for quad in store.quads() if quad.graph_name == ox.NamedNode(article_iri(article))}


AID = {
    ("actor:ZZA", "sr:aids", "actor:ZZB"),
    ("actor:ZZA", "sr:sendsPersonnelTo", "actor:ZZB"),
    ("actor:ZZB", "sr:isAidedBy", "actor:ZZA"),
    ("actor:ZZB", "sr:receivesPersonnelFrom", "actor:ZZA"),
}


def test_articles_and_statements_come_back_after_reopening(location: str) -> None:
    with open_store(location) as store:
        store.replace(ARTICLE, [make_statement()])
    with open_store(location, read_only=True) as store:
        assert list(store.articles()) == [replace(ARTICLE, text="")]
        assert list(store.statements()) == list(store.statements("a1")) == [make_statement()]
        assert list(store.statements("unknown")) == []


def test_an_article_without_statements_is_kept(store: Store) -> None:
    store.replace(ARTICLE, [])

    assert [article.id for article in store.articles()] == ["a1"]


def test_replacing_and_removing_leave_other_articles_as_they_were(store: Store) -> None:
    store.replace(ARTICLE, [make_statement()])
    store.replace(SECOND, [make_statement("s2", article="a2")])
    other = graph_of(store, "a2")

    store.replace(ARTICLE, [make_statement("s3", "sr:accuses", "ZZB", "ZZA")])
    assert graph_of(store, "a2") == other
    assert [statement.id for statement in store.statements("a1")] == ["s3"]
    assert store.remove("a1")
    assert graph_of(store, "a2") == other
    assert graph_of(store, "a1") == set()
    assert not store.remove("a1")


def test_reading_an_article_twice_changes_nothing(store: Store) -> None:
    store.replace(ARTICLE, [make_statement()])
    before = set(store.quads())
    store.replace(ARTICLE, [make_statement()])

    assert set(store.quads()) == before


def test_a_failed_write_leaves_the_store_as_it_was(store: Store) -> None:
    store.replace(ARTICLE, [make_statement()])
    before = set(store.quads())

    with pytest.raises(StoreError):
        store.replace(ARTICLE, [make_statement(article="a2")])
    assert set(store.quads()) == before


def test_edges_are_the_relation_its_type_and_the_inverses(store: Store) -> None:
    store.replace(ARTICLE, [make_statement()])

    assert edges(store) == AID


def test_an_edge_lasts_as_long_as_a_statement_for_it(store: Store) -> None:
    store.replace(ARTICLE, [make_statement(), make_statement("s4", "sr:lendsTo")])
    store.replace(SECOND, [make_statement("s2", article="a2")])
    store.remove("a1")
    assert edges(store) == AID
    store.replace(SECOND, [make_statement("s5", "sr:lendsTo", article="a2")])
    assert {relation for _, relation, _ in edges(store)} == {
        "sr:aids",
        "sr:isAidedBy",
        "sr:lendsTo",
        "sr:borrowsFrom",
    }
    store.remove("a2")
    assert edges(store) == set()


def test_an_edge_of_the_other_direction_stays(store: Store) -> None:
    store.replace(ARTICLE, [make_statement("s1", "sr:atWarWith")])
    store.replace(SECOND, [make_statement("s2", "sr:atWarWith", "ZZB", "ZZA", article="a2")])
    war = edges(store)
    store.remove("a1")

    assert edges(store) == war != set()


@pytest.mark.parametrize(
    "changes",
    [
        *({"status": status} for status in Status if status is not Status.ASSERTED),
        {"polarity": Polarity.NEGATIVE},
        {"source": None},
        {"target": None},
    ],
    ids=str,
)
def test_what_is_not_asserted_of_two_makes_no_edge(store: Store, changes: dict[str, object]) -> None:
    store.replace(ARTICLE, [make_statement(**changes)])

    assert edges(store) == set()


def test_deriving_anew_gives_what_was_kept_in_step(store: Store) -> None:
    store.replace(ARTICLE, [make_statement(), make_statement("s2", "sr:accuses", "ZZB", "ZZC")])
    store.replace(SECOND, [make_statement("s3", "sr:tradesWith", "ZZC", "ZZB", article="a2")])
    store.replace(ARTICLE, [make_statement("s2", "sr:condemns", "ZZB", "ZZC")])
    kept = edges(store)
    store.derive()

    assert edges(store) == kept


def test_patterns_without_graph_look_into_all_graphs(store: Store) -> None:
    store.replace(ARTICLE, [make_statement()])
    answer = store.query(
        "SELECT ?label { ?a sr:aids ?b . sr:aids rdfs:label ?label FILTER(LANG(?label) = 'ro') }"
    )

    assert [row["label"].value for row in answer] == ["ajută"]


def test_many_articles_are_stored_at_once(store: Store) -> None:
    store.replace(ARTICLE, [make_statement()])
    store.load(
        [
            (ARTICLE, [make_statement("s9", "sr:lendsTo")]),
            *((replace(ARTICLE, id=f"b{n}"), [make_statement(f"t{n}", article=f"b{n}")]) for n in range(30)),
        ]
    )
    store.load([])

    assert len(list(store.articles())) == 31
    assert [statement.id for statement in store.statements("a1")] == ["s9"]
    assert {relation for _, relation, _ in edges(store)} >= {"sr:lendsTo", "sr:sendsPersonnelTo"}


def test_each_form_of_question_has_its_answer(store: Store) -> None:
    store.replace(ARTICLE, [make_statement()])
    pattern = "{ ?statement sr:source actor:ZZA ; sr:relation ?relation }"

    assert bool(store.query(f"ASK {pattern}"))
    assert not bool(store.query("ASK { ?statement sr:source actor:ZZX }"))
    construct = f"# who?\nPREFIX sr: <{SR}>\nCONSTRUCT {{ actor:ZZA sr:did ?relation }} WHERE {pattern}"
    assert [compact(triple.object.value) for triple in store.query(construct)] == ["sr:sendsPersonnelTo"]
    with pytest.raises(SyntaxError):
        store.query("SELECT nothing")


def test_saved_questions_have_the_answers_of_a_folder(store: Store, tmp_path: Path) -> None:
    articles = [
        (ARTICLE, [make_statement(), make_statement("s2", "sr:accuses", "ZZB", "ZZC")]),
        (SECOND, [make_statement("s3", "sr:attacks", "ZZA", "ZZC", "a2", status=Status.DENIED)]),
    ]
    store.load(articles)
    with EmbeddedStore.open(tmp_path / "folder") as folder:
        folder.load(articles)
        for question in list_questions():
            given = {each.name: "ZZA" for each in question.parameters if each.kind == "actor"}
            for parameters in ({}, {name: given[name] for name in list(given)[:1]}):
                answers = [run_query(each, question.name, parameters).texts() for each in (store, folder)]
                assert sorted(answers[0]) == sorted(answers[1]), question.name


def test_all_that_is_stored_comes_by_graph(store: Store) -> None:
    store.replace(ARTICLE, [make_statement()])
    graphs = {compact(quad.graph_name.value) for quad in store.quads()}

    assert graphs == {"article:a1", "graph:actors", "graph:claims", "graph:edges", "graph:ontology"}
    assert set(store.quads(EDGES)) == {quad for quad in store.quads() if quad.graph_name == EDGES}


def test_a_store_opened_for_reading_is_not_written(location: str) -> None:
    with open_store(location) as store:
        store.replace(ARTICLE, [])
    with open_store(location, read_only=True) as store:
        for write in (lambda: store.replace(SECOND, []), lambda: store.remove("a1"), store.derive):
            with pytest.raises(StoreError, match="reading only"):
                write()


def test_a_closed_store_says_so(location: str) -> None:
    with open_store(location) as store:
        pass

    with pytest.raises(StoreError, match="closed"):
        list(store.articles())
