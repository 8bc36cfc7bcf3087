"""Graphs derived from statements."""

from dataclasses import replace

from synthetic import actor, generate, statement

from kg.graph import relation_graph, telling_graph
from kg.model import Actor, ActorKind, Polarity, Status


def test_one_edge_for_source_target_and_event_type():
    told = [
        statement("a", "PRK", "RUS", "sendsPersonnelTo"),
        statement("b", "PRK", "RUS", "sendsWeaponsTo", status=Status.PLANNED),
        statement("c", "PRK", "RUS", "visits", polarity=Polarity.NEGATIVE),
        statement("d", "RUS", "PRK", "visits"),
    ]
    graph = relation_graph(told)
    assert set(graph.edges(keys=True)) == {
        ("PRK", "RUS", "AID"),
        ("PRK", "RUS", "CONSULT"),
        ("RUS", "PRK", "CONSULT"),
    }
    aid = graph.edges["PRK", "RUS", "AID"]
    assert aid["statements"] == [told[0].id, told[1].id]
    assert aid["relations"] == {"sr:sendsPersonnelTo": 1, "sr:sendsWeaponsTo": 1}
    assert aid["statuses"] == {"asserted": 1, "planned": 1}
    assert graph.edges["PRK", "RUS", "CONSULT"]["polarities"] == {"negative": 1}
    assert graph.nodes["PRK"]["labels"] == {"en": "North Korea", "ro": "Coreea de Nord"}
    assert graph.nodes["PRK"]["statements"] == [each.id for each in told]


def test_statement_without_target_stays_with_its_source():
    graph = relation_graph([replace(statement("a", "PRK", "RUS"), target=None)])
    assert list(graph) == ["PRK"]
    assert graph.number_of_edges() == 0
    assert graph.nodes["PRK"]["statements"] == ["a-PRK-sendsPersonnelTo-RUS"]


def test_state_that_no_statement_names_has_its_name_from_the_table():
    told = replace(statement("a", "PRK", "RUS"), arguments=())
    assert relation_graph([told]).nodes["RUS"]["labels"] == {"": "RUS"}
    assert relation_graph([told], {"RUS": actor("RUS")}).nodes["RUS"]["labels"]["en"] == "Russia"


def test_person_does_not_name_the_state_it_acts_for():
    told = statement("a", "PRK", "RUS")
    kim = Actor("kim-jong-un", ActorKind.PERSON, (("en", "Kim Jong Un"),), "PRK")
    told = replace(told, arguments=(replace(told.arguments[0], actor=kim), *told.arguments[1:]))
    graph = relation_graph([told])
    assert graph.nodes["PRK"] == {"labels": {"": "PRK"}, "kind": "state", "statements": [told.id]}
    assert "kim-jong-un" in telling_graph([told])


def test_triples_as_told_join_in_the_thing_between():
    graph = telling_graph([statement("a", "PRK", "RUS")])
    assert list(graph.edges(keys=True)) == [
        ("PRK", "a:23-30", "trimite"),
        ("a:23-30", "RUS", "către"),
    ]
    assert graph.nodes["a:23-30"]["labels"] == {"": "geniști"}
    assert graph.nodes["a:23-30"]["kind"] == "thing"


def test_things_of_two_sentences_stay_apart_and_actors_come_together():
    graph = telling_graph([statement("a", "PRK", "RUS"), statement("b", "KOR", "RUS")])
    assert sorted(graph.predecessors("RUS")) == ["a:23-30", "b:22-29"]


def test_every_statement_is_on_one_edge_and_nothing_is_changed():
    statements, _ = generate(200)
    before = list(statements)
    graph = relation_graph(statements)
    on_edges = [each for _, _, ids in graph.edges(data="statements") for each in ids]
    assert sorted(on_edges) == sorted(each.id for each in statements)
    assert statements == before
