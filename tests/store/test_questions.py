"""Saved questions and SPARQL by hand."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from store_factory import ARTICLE, MINISTER, TEXT, make_mention, make_statement

from kg.errors import KGError, QueryError
from kg.model import Attribution, Polarity, Status
from kg.ontology import actor_iri
from kg.query import QueryResult, fill, list_questions, run_query
from kg.store import EmbeddedStore

NAMES = [question.name for question in list_questions()]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    second = replace(ARTICLE, id="a 2", published="2025-07")
    agency = Attribution(make_mention("Nordia", article="a 2"), None, "potrivit")
    said = make_statement(article="a 2").attribution
    with EmbeddedStore.open(tmp_path_factory.mktemp("store")) as opened:
        opened.replace(
            ARTICLE,
            [
                make_statement("aid"),
                make_statement("plan", "sr:lendsTo", status=Status.PLANNED),
                make_statement("blame", "sr:accuses", "ZZB", "ZZA"),
                make_statement("one-sided", "sr:condemns", "ZZB", None),
            ],
        )
        opened.replace(
            second,
            [
                make_statement("denial", article="a 2", status=Status.DENIED),
                make_statement("war", "sr:attacks", "ZZA", "ZZC", article="a 2", attribution=(*said, agency)),
                make_statement(
                    "peace", "sr:attacks", "ZZA", "ZZB", article="a 2", polarity=Polarity.NEGATIVE
                ),
            ],
        )
        yield opened


def column(result: QueryResult, name: str) -> list[str]:
    return [row[result.columns.index(name)] for row in result.texts()]


def test_there_are_questions_with_what_they_ask() -> None:
    assert len(NAMES) >= 25
    for question in list_questions():
        assert question.text.endswith(("?", "."))
        assert "GRAPH" in question.sparql
        assert {parameter.kind for parameter in question.parameters} <= {
            "actor",
            "relation",
            "event",
            "status",
            "date",
            "since",
            "until",
            "integer",
        }
        assert "limit" in {parameter.name for parameter in question.parameters}


@pytest.mark.parametrize("name", NAMES)
def test_every_question_runs_with_and_without_its_parameters(store: EmbeddedStore, name: str) -> None:
    question = next(question for question in list_questions() if question.name == name)
    examples = {"actor": "ZZA", "relation": "aids", "event": "aid", "integer": "7", "status": "asserted"}
    examples |= dict.fromkeys(("date", "since", "until"), "2025-01-01")
    given = {parameter.name: examples[parameter.kind] for parameter in question.parameters}

    for result in (run_query(store, name), run_query(store, name, given)):
        assert all(len(row) == len(result.columns) for row in result.rows)


def test_who_aids_whom_is_what_sparql_by_hand_gives(store: EmbeddedStore) -> None:
    by_hand = """
    SELECT ?giver ?recipient ?relation ?status ?polarity ?theme ?quantity ?unit ?quote ?article ?date {
      ?statement a sr:Aid ; sr:source ?giver ; sr:target ?recipient ; sr:relation ?relation ;
        sr:status ?status ; sr:polarity ?polarity ; sr:argument ?argument ; prov:wasDerivedFrom ?q .
      ?q sr:text ?quote ; prov:wasQuotedFrom ?a .
      ?argument sr:role sr:theme ; rdfs:label ?theme ; sr:quantity ?quantity ; sr:unit ?unit .
      ?a dcterms:identifier ?article ; dcterms:issued ?date .
    }"""
    saved = run_query(store, "who-aids-whom")

    assert sorted(map(str, saved.rows)) == sorted(map(str, run_query(store, by_hand).rows))
    assert sorted(column(saved, "status")) == ["sr:asserted", "sr:denied", "sr:planned"]
    assert set(column(saved, "quote")) == {TEXT}


def test_parameters_narrow_the_answer(store: EmbeddedStore) -> None:
    assert len(run_query(store, "who-aids-whom", {"status": "planned"}).rows) == 1
    assert run_query(store, "who-aids-whom", {"giver": "ZZB"}).rows == ()
    both = {"giver": "actor:ZZA", "recipient": actor_iri("ZZB")}
    assert len(run_query(store, "who-aids-whom", both).rows) == 3
    assert len(run_query(store, "who-aids-whom", {"limit": "2"}).rows) == 2


def test_days_bound_the_publication(store: EmbeddedStore) -> None:
    assert set(column(run_query(store, "who-aids-whom", {"since": "2025-06-18"}), "article")) == {"a 2"}
    assert set(column(run_query(store, "who-aids-whom", {"until": "2025-06-18"}), "article")) == {"a1"}
    assert run_query(store, "who-aids-whom", {"since": "2025-06-18", "until": "2025-06-30"}).rows == ()


@pytest.mark.parametrize("name", ["RUS", "actor:RUS", "Russia", "rusia"])
def test_an_actor_may_be_given_by_a_name(store: EmbeddedStore, name: str) -> None:
    question = next(question for question in list_questions() if question.name == "who-aids-whom")

    assert f"<{actor_iri('RUS')}>" in fill(question, {"recipient": name}, store)


def test_what_is_planned_is_planned_only(store: EmbeddedStore) -> None:
    assert column(run_query(store, "what-is-planned"), "relation") == ["sr:lendsTo"]


def test_what_is_denied_names_the_sayer(store: EmbeddedStore) -> None:
    result = run_query(store, "claimed-or-denied")

    assert list(zip(column(result, "status"), column(result, "sayer"), strict=True)) == [
        ("sr:denied", "Ion Popa")
    ]


def test_relations_of_an_actor_go_both_ways(store: EmbeddedStore) -> None:
    result = run_query(store, "relations-of", {"actor": "ZZB"})

    assert set(zip(column(result, "direction"), column(result, "relation"), strict=True)) == {
        ("does", "sr:accuses"),
        ("undergoes", "sr:sendsPersonnelTo"),
        ("undergoes", "sr:lendsTo"),
        ("undergoes", "sr:attacks"),
    }


def test_statements_between_two_go_both_ways_and_from_a_day(store: EmbeddedStore) -> None:
    both = run_query(store, "statements-between", {"first": "ZZB", "second": "ZZA"})
    later = run_query(store, "statements-between", {"first": "ZZA", "second": "ZZB", "since": "2025-06-30"})

    assert set(column(both, "relation")) == {"sr:sendsPersonnelTo", "sr:lendsTo", "sr:accuses", "sr:attacks"}
    assert set(column(later, "article")) == {"a 2"}
    assert {*column(both, "source"), *column(both, "target")} == {"actor:ZZA", "actor:ZZB"}


def test_who_says_so_keeps_the_order_of_the_chain(store: EmbeddedStore) -> None:
    result = run_query(store, "who-says-so", {"target": "ZZC"})

    assert column(result, "cue") == ["a declarat", "potrivit"]
    assert column(result, "actor") == [f"actor:{MINISTER.id}", ""]


def test_conflicts_are_what_happened_from_the_worst(store: EmbeddedStore) -> None:
    result = run_query(store, "conflicts")

    assert column(result, "source") == ["actor:ZZA", "actor:ZZB"]
    assert column(result, "worst") == ["-9", "-3"]


def test_contradictions_are_found_across_articles(store: EmbeddedStore) -> None:
    result = run_query(store, "contradictions")

    assert list(zip(column(result, "affirming"), column(result, "contradicting"), strict=True)) == [
        ("a1", "a 2")
    ]


def test_the_latest_comes_first(store: EmbeddedStore) -> None:
    assert column(run_query(store, "latest"), "date")[0] == "2025-07"


def test_sparql_needs_no_prefixes_and_no_graph(store: EmbeddedStore) -> None:
    assert run_query(store, "ASK { actor:ZZA sr:aids actor:ZZB }").boolean is True
    assert run_query(store, "ASK { actor:ZZB sr:aids actor:ZZA }").texts() == [("false",)]
    built = run_query(store, "CONSTRUCT { ?b sr:aids ?a } WHERE { ?a sr:isAidedBy ?b }")
    assert built.columns == ("subject", "predicate", "object")
    assert built.texts() == [("actor:ZZA", "sr:aids", "actor:ZZB")]


def test_own_prefixes_stand(store: EmbeddedStore) -> None:
    own = f"PREFIX sr: <{actor_iri('')}> ASK {{ sr:ZZA ?relation sr:ZZB }}"

    assert run_query(store, own).boolean is True


def test_csv_is_a_table_with_a_header(store: EmbeddedStore) -> None:
    rows = list(csv.DictReader(io.StringIO(run_query(store, "who-aids-whom").to_csv(), newline="")))

    assert rows[0]["giver"] == "actor:ZZA"
    assert rows[0]["quote"] == TEXT


def test_csv_has_no_formulas(store: EmbeddedStore) -> None:
    assert run_query(store, 'SELECT ?a { VALUES ?a { "=1+1" } }').to_csv() == "a\r\n'=1+1\r\n"


def test_parquet_has_types(store: EmbeddedStore, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "aid.parquet"
    run_query(store, "who-aids-whom", {"status": "planned"}).write_parquet(file)
    [row] = parquet.read_table(file).to_pylist()

    assert (row["giver"], row["quantity"], row["date"]) == ("actor:ZZA", 1000, date(2025, 6, 17))


def test_json_is_that_of_sparql(store: EmbeddedStore) -> None:
    answer = json.loads(run_query(store, "who-aids-whom").to_json())
    first = answer["results"]["bindings"][0]

    assert first["giver"] == {"type": "uri", "value": actor_iri("ZZA")}
    assert first["quote"] == {"type": "literal", "value": TEXT, "xml:lang": "ro"}
    assert first["quantity"]["datatype"].endswith("#integer")
    assert json.loads(run_query(store, "ASK { }").to_json()) == {"head": {}, "boolean": True}


def test_cells_that_are_unbound_are_left_out(store: EmbeddedStore) -> None:
    result = run_query(store, "SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) } }")

    assert result.texts() == [("1", "")]
    assert json.loads(result.to_json())["results"]["bindings"] == [
        {"a": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}
    ]


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        ("SELECT * {\n  ?a ?b\n}", "line 3, column 2"),
        ("SELECT * { ?a foo:bar ?b }", r"line 1, column \d+: a prefix is not declared"),
        ("DELETE WHERE { ?a ?b ?c }", "line 1, column 1"),
        ("", "line 1, column 1"),
    ],
)
def test_wrong_sparql_names_line_and_column(store: EmbeddedStore, sparql: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        run_query(store, sparql)


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("who-aid-whom", {}, "did you mean who-aids-whom"),
        (
            "who-aids-whom",
            {"givers": "ZZA"},
            "no parameter givers: did you mean giver.; it has giver, recipient",
        ),
        ("who-aids-whom", {"giver": "Rusland"}, "no actor Rusland: did you mean"),
        ("who-aids-whom", {"limit": "ten"}, "limit is 'ten', but must be a whole number"),
        ("who-aids-whom", {"status": "sure"}, "one of asserted, planned"),
        ("statements-behind", {"type": "AIDS"}, "did you mean AID"),
        ("latest", {"since": "June"}, "a day such as 2025-06-17"),
        ("ASK { }", {"source": "ZZA"}, "belong to saved questions"),
    ],
)
def test_a_wrong_question_says_what_would_be_right(
    store: EmbeddedStore, name: str, parameters: dict[str, str], words: str
) -> None:
    with pytest.raises(KGError, match=words):
        run_query(store, name, parameters)


def test_a_value_cannot_break_out_of_its_place(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="no actor ZZA>"):
        run_query(store, "who-aids-whom", {"giver": "ZZA> } } DROP ALL #"})
    assert len(run_query(store, "who-aids-whom").rows) == 3
