"""A store as an analyst uses it: `kg.open`, questions by name and in SPARQL, statements, networks."""

import pandas as pd
import pytest

import kg
from kg.query import list_questions
from kg.store import open_store


def test_no_store_is_an_error(tmp_path):
    with pytest.raises(kg.KGError, match="no store there"):
        kg.open(tmp_path / "nowhere")


def test_a_closed_graph_is_an_error(store_of_told):
    graph = kg.open(store_of_told)
    graph.close()
    with pytest.raises(kg.KGError, match="closed"):
        graph.statements()


def test_statements_are_those_that_were_stored(graph, told):
    assert sorted(each.id for each in graph.statements()) == sorted(each.id for each in told)
    found = graph.statements(source="Coreea de Nord", since="2025-01")
    assert sorted(found.to_frame()["status"]) == ["denied", "planned"]
    assert [article.id for article in graph.articles] == ["a", "b", "c"]


@pytest.mark.parametrize("recipient", ["RUS", "rus", "Rusia", "Moscova", "Russia"])
def test_saved_question_by_code_or_name(graph, recipient):
    frame = graph.query("who-aids-whom", recipient=recipient)
    assert isinstance(frame, pd.DataFrame)
    assert set(zip(frame["giver"], frame["recipient"], strict=True)) == {("PRK", "RUS")}
    assert sorted(frame["status"]) == ["asserted", "denied", "planned"]
    assert set(frame["relation"]) == {"sr:sendsPersonnelTo", "sr:sendsWeaponsTo"}


def test_numbers_are_numbers(graph):
    frame = graph.query(
        "SELECT ?source (COUNT(?s) AS ?n) { ?s a sr:Statement ; sr:source ?source } "
        "GROUP BY ?source ORDER BY ?n ?source"
    )
    assert frame.to_dict("list") == {"source": ["RUS", "UKR", "PRK"], "n": [1, 1, 3]}
    assert frame["n"].dtype == "int64"


def test_other_forms_of_answers(graph):
    assert graph.query("ASK { ?s sr:source actor:PRK }").loc[0, "answer"]
    triples = graph.query(
        "CONSTRUCT { ?s sr:target ?o } WHERE { ?s a sr:Statement ; sr:target ?o FILTER(?o = actor:UKR) }"
    )
    assert triples.to_dict("records") == [
        {"subject": "a-RUS-attacks-UKR", "predicate": "sr:target", "object": "UKR"}
    ]


def test_nothing_found_is_an_empty_frame_with_its_columns(graph):
    frame = graph.query("who-aids-whom", giver="Fiji")
    assert frame.empty
    assert {"giver", "recipient", "quote"} <= set(frame.columns)


def test_all_rows_come_unless_a_limit_is_given(tmp_path):
    from synthetic import generate

    statements, articles = generate(250)
    with open_store(tmp_path / "store") as store:
        for article in articles.values():
            store.replace(article, [each for each in statements if each.evidence.span.article == article.id])
    with kg.open(tmp_path / "store") as graph:
        assert len(graph.query("latest")) > 200
        assert len(graph.query("latest", limit=5)) == 5


@pytest.mark.parametrize("since", ["2025", "2025-01", "2025-01-01"])
def test_a_date_may_be_a_year_or_a_month(graph, since):
    assert "a" not in set(graph.query("latest", since=since)["article"])


@pytest.mark.parametrize(("until", "rows"), [("2025-05", False), ("2025-06", True), ("2025-06-17", True)])
def test_the_last_month_is_in(graph, until, rows):
    found = graph.query("latest", until=until)
    assert ("2025-06-17" in set(map(str, found["date"]))) is rows


@pytest.mark.parametrize(
    ("question", "parameters", "message"),
    [
        ("who-aid-whom", {}, "did you mean who-aids-whom?"),
        ("who-aids-whom", {"recipient": "Russsia"}, "no state 'Russsia': did you mean Russia (RUS)?"),
        (
            "who-aids-whom",
            {"recipent": "RUS"},
            "who-aids-whom has no parameter recipent: did you mean recipient?",
        ),
        ("who-aids-whom", {"status": "deny"}, "must be one of asserted"),
        ("latest", {"since": "2031"}, "no article since 2031-01-01: the nearest is of 2025-06-17"),
        ("latest", {"since": "2025-02-30"}, "did you mean 2025-02-28?"),
        ("SELECT * { ?s sr:source }", {}, "not SPARQL: line 1"),
        ("SELECT * { ?s sr:source actor:Russia }", {}, "no actor:Russia: did you mean actor:RUS?"),
        ("SELECT * { ?s sr:source actor:Russsia }", {}, "no state 'Russsia': did you mean Russia (RUS)?"),
    ],
)
def test_what_is_unknown_is_an_error_that_names_the_nearest(graph, question, parameters, message):
    with pytest.raises(kg.KGError) as raised:
        graph.query(question, **parameters)
    assert message in str(raised.value)


@pytest.mark.parametrize("question", [each.name for each in list_questions()])
def test_every_saved_question_gives_a_frame(graph, question):
    assert isinstance(graph.query(question), pd.DataFrame)


def test_what_is_none_stays_open(graph):
    assert graph.query("latest", since=None).equals(graph.query("latest"))


def test_a_known_state_of_which_nothing_is_told_gives_no_rows(graph):
    assert graph.query("SELECT * { ?s sr:source actor:TUV }").empty


def test_an_unknown_language_of_the_page_is_an_error(graph):
    with pytest.raises(kg.KGError, match="no language of the page 'xx': did you mean"):
        graph.show(language="xx")


def test_network_of_a_part(graph):
    network = graph.network(weight="statements", source="PRK", status="asserted")
    assert dict(network.nodes("kind")) == {"PRK": "state", "RUS": "state"}
    assert [edge for *_, edge in network.edges(data="weight")] == [1]
