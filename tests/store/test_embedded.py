"""A store in a folder: articles in and out, edges in step, folders that are none."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from store_factory import ARTICLE, TEXT, make_statement

from kg.errors import StoreError
from kg.model import Article, Polarity, Status
from kg.ontology import actor_iri, article_iri, compact
from kg.store import EmbeddedStore
from kg.store.rdf import EDGES

SECOND = replace(ARTICLE, id="a2")


@pytest.fixture
def store(tmp_path: Path):
    with EmbeddedStore.open(tmp_path / "store") as opened:
        yield opened


def edges(store: EmbeddedStore) -> set[tuple[str, str, str]]:
    return {
        (compact(quad.subject.value), compact(quad.predicate.value), compact(quad.object.value))
        for quad in store.quads()
        if quad.graph_name == EDGES
    }


def graph_of(store: EmbeddedStore, article: str) -> set[ox.Quad]:
    return {quad for quad in store.quads() if quad.graph_name == ox.NamedNode(article_iri(article))}


AID = {
    ("actor:ZZA", "sr:aids", "actor:ZZB"),
    ("actor:ZZA", "sr:sendsPersonnelTo", "actor:ZZB"),
    ("actor:ZZB", "sr:isAidedBy", "actor:ZZA"),
    ("actor:ZZB", "sr:receivesPersonnelFrom", "actor:ZZA"),
}


def test_articles_and_statements_come_back_after_reopening(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path / "store") as store:
        store.replace(ARTICLE, [make_statement()])
    with EmbeddedStore.open(tmp_path / "store", read_only=True) as store:
        assert list(store.articles()) == [replace(ARTICLE, text="")]
        assert list(store.statements()) == list(store.statements("a1")) == [make_statement()]
        assert list(store.statements("unknown")) == []


def test_an_article_without_statements_is_kept(store: EmbeddedStore) -> None:
    store.replace(ARTICLE, [])

    assert [article.id for article in store.articles()] == ["a1"]


def test_replacing_and_removing_leave_other_articles_as_they_were(store: EmbeddedStore) -> None:
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


def test_reading_an_article_twice_changes_nothing(store: EmbeddedStore) -> None:
    store.replace(ARTICLE, [make_statement()])
    before = set(store.quads())
    store.replace(ARTICLE, [make_statement()])

    assert set(store.quads()) == before


def test_a_failed_write_leaves_the_store_as_it_was(store: EmbeddedStore) -> None:
    store.replace(ARTICLE, [make_statement()])
    before = set(store.quads())

    with pytest.raises(StoreError):
        store.replace(ARTICLE, [make_statement(article="a2")])
    assert set(store.quads()) == before


def test_edges_are_the_relation_its_type_and_the_inverses(store: EmbeddedStore) -> None:
    store.replace(ARTICLE, [make_statement()])

    assert edges(store) == AID


def test_an_edge_lasts_as_long_as_a_statement_for_it(store: EmbeddedStore) -> None:
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


def test_an_edge_of_the_other_direction_stays(store: EmbeddedStore) -> None:
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
def test_what_is_not_asserted_of_two_makes_no_edge(store: EmbeddedStore, changes: dict[str, object]) -> None:
    store.replace(ARTICLE, [make_statement(**changes)])

    assert edges(store) == set()


def test_deriving_anew_gives_what_was_kept_in_step(store: EmbeddedStore) -> None:
    store.replace(ARTICLE, [make_statement(), make_statement("s2", "sr:accuses", "ZZB", "ZZC")])
    store.replace(SECOND, [make_statement("s3", "sr:tradesWith", "ZZC", "ZZB", article="a2")])
    store.replace(ARTICLE, [make_statement("s2", "sr:condemns", "ZZB", "ZZC")])
    kept = edges(store)
    store.derive()

    assert edges(store) == kept


def test_patterns_without_graph_look_into_all_graphs(store: EmbeddedStore) -> None:
    store.replace(ARTICLE, [make_statement()])
    answer = store.query(
        "SELECT ?label { ?a sr:aids ?b . sr:aids rdfs:label ?label FILTER(LANG(?label) = 'ro') }"
    )

    assert [row["label"].value for row in answer] == ["ajută"]


def test_the_dataset_is_the_store(store: EmbeddedStore) -> None:
    store.replace(ARTICLE, [make_statement()])
    rows = store.dataset().query(f"SELECT ?b {{ GRAPH ?g {{ <{actor_iri('ZZA')}> ?p ?b }} }}")

    assert {str(row[0]) for row in rows} >= {actor_iri("ZZB")}


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path), pytest.raises(StoreError, match="another process is writing"):
        EmbeddedStore.open(tmp_path)
    with EmbeddedStore.open(tmp_path) as store:
        assert list(store.articles()) == []


def test_a_second_writer_in_another_process_is_refused(tmp_path: Path) -> None:
    code = "import sys; from kg.store import EmbeddedStore; EmbeddedStore.open(sys.argv[1])"
    with EmbeddedStore.open(tmp_path):
        done = subprocess.run(
            [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False
        )

    assert f"StoreError: {tmp_path}: another process is writing" in done.stderr


def test_a_store_that_is_a_file_in_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="can't be opened as a store"):
        EmbeddedStore.open(tmp_path / "file" / "store")


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")

    with pytest.raises(StoreError, match="not a store"):
        EmbeddedStore.open(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
    with pytest.raises(StoreError, match="not a store"):
        EmbeddedStore.open(tmp_path / "letters.txt")


def test_a_store_of_another_program_is_refused(tmp_path: Path) -> None:
    other = ox.Store(str(tmp_path))
    other.add(ox.Quad(EDGES, EDGES, EDGES))
    other.flush()
    del other

    with pytest.raises(StoreError, match="not one made by"):
        EmbeddedStore.open(tmp_path)


def test_a_store_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path) as store:
        store.replace(ARTICLE, [])
    raw = ox.Store(str(tmp_path / "writer"))
    raw.update(
        "PREFIX sr: <https://w3id.org/state-relations/ontology#> "
        "DELETE { GRAPH ?g { ?s sr:storeFormat ?o } } INSERT { GRAPH ?g { ?s sr:storeFormat 99 } } "
        "WHERE { GRAPH ?g { ?s sr:storeFormat ?o } }"
    )
    raw.flush()
    del raw

    with pytest.raises(StoreError, match="format 99"):
        EmbeddedStore.open(tmp_path)


def test_a_missing_store_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        EmbeddedStore.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_a_store_opened_for_reading_is_not_written(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path) as store:
        store.replace(ARTICLE, [])
    with (
        EmbeddedStore.open(tmp_path, read_only=True) as store,
        pytest.raises(StoreError, match="reading only"),
    ):
        store.replace(Article("a3", TEXT), [])


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path) as store:
        pass

    with pytest.raises(StoreError, match="closed"):
        list(store.articles())
