"""The ontology holds together, and the Python side says the same as it does."""

from collections import defaultdict

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from kg.errors import OntologyError
from kg.model import ActorKind, Polarity, Role, Status
from kg.ontology import (
    SR,
    actor_iri,
    article_iri,
    compact,
    load_ontology,
    local_id,
    ontology_path,
    quote_iri,
    statement_iri,
)

GRAPH = Graph().parse(ontology_path("state-relations.ttl"))
ONTOLOGY = load_ontology()
TERMS = sorted({str(term) for term in GRAPH.subjects() if str(term).startswith(SR)})
RELATIONS = sorted(ONTOLOGY.relations)
PLOVER = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST
ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT""".split()  # noqa: SIM905


def iri(name: str) -> URIRef:
    return URIRef(SR + name.removeprefix("sr:"))


def test_every_term_has_one_label_in_each_language() -> None:
    languages = defaultdict(list)
    for term, label in GRAPH.subject_objects(RDFS.label):
        languages[str(term)].append(label.language)

    assert {term: sorted(languages[term]) for term in TERMS if sorted(languages[term]) != ["en", "ro"]} == {}


def test_every_term_but_an_inverse_reading_is_defined_once_in_each_language() -> None:
    defined = set(TERMS) - {str(term) for term in GRAPH.subjects(RDF.type, iri("InverseReading"))}
    languages = {
        term: sorted(each.language or "" for each in GRAPH.objects(URIRef(term), SKOS.definition))
        for term in defined
    }

    assert {term: found for term, found in languages.items() if found != ["en", "ro"]} == {}


def test_every_relation_is_defined_in_its_own_words() -> None:
    definitions = [text for name in RELATIONS for text in GRAPH.objects(iri(name), SKOS.definition)]

    assert all(isinstance(text, Literal) and len(text) > 20 for text in definitions)
    assert len(set(definitions)) == len(definitions)


def test_the_event_types_are_the_sixteen_of_plover() -> None:
    assert sorted(ONTOLOGY.event_types) == sorted(PLOVER)


@pytest.mark.parametrize("code", PLOVER)
def test_an_event_type_is_whole(code: str) -> None:
    kind = ONTOLOGY.event_types[code]

    assert ONTOLOGY.relation(kind.property).event_type == code
    assert (iri(kind.id), RDFS.subClassOf, iri("Statement")) in GRAPH
    assert (iri(kind.id), SKOS.exactMatch, URIRef(f"https://w3id.org/state-relations/plover/{code}")) in GRAPH
    codes = set(GRAPH.objects(iri(kind.id), SKOS.closeMatch)) | set(
        GRAPH.objects(iri(kind.id), SKOS.exactMatch)
    )
    assert any("/cameo/" in str(each) for each in codes)
    assert (kind.score < 0) == (kind.quad.endswith("Conflict") and code != "REQUEST")
    assert ONTOLOGY.score(code) == kind.score


@pytest.mark.parametrize("name", RELATIONS)
def test_a_relation_is_whole(name: str) -> None:
    kind = ONTOLOGY.relation(name)
    parent = ONTOLOGY.relation(kind.parent)

    assert kind.parent == ONTOLOGY.event_types[kind.event_type].property
    assert parent.event_type == kind.event_type
    assert (iri(name), RDF.type, OWL.ObjectProperty) in GRAPH
    assert (iri(kind.inverse), RDF.type, OWL.ObjectProperty) in GRAPH
    if kind.symmetric:
        assert kind.inverse == name
        assert kind.labels == kind.inverse_labels
        assert (iri(name), OWL.inverseOf, None) not in GRAPH
    else:
        assert kind.labels != kind.inverse_labels
        assert set(GRAPH.objects(iri(name), OWL.inverseOf)) == {iri(kind.inverse)}
        assert set(GRAPH.objects(iri(kind.inverse), OWL.inverseOf)) == {iri(name)}
    above = {iri(parent.id)} if name != parent.id else set()
    above_inverse = {iri(parent.inverse)} if name != parent.id and not kind.symmetric else above
    assert set(GRAPH.objects(iri(name), RDFS.subPropertyOf)) == above
    assert set(GRAPH.objects(iri(kind.inverse), RDFS.subPropertyOf)) == above_inverse


def test_labels_tell_relations_apart() -> None:
    for language in ("en", "ro"):
        labels = [
            ONTOLOGY.label(name, language)
            for kind in ONTOLOGY.relations.values()
            for name in {kind.id, kind.inverse}
        ]
        assert sorted({each for each in labels if labels.count(each) > 1}) == []


def test_every_property_of_actors_is_a_relation_or_an_inverse_reading() -> None:
    names = {name for kind in ONTOLOGY.relations.values() for name in (kind.id, kind.inverse)}
    actors = {
        compact(str(term))
        for term in GRAPH.subjects(RDFS.range, iri("Actor"))
        if (term, RDFS.domain, iri("Actor")) in GRAPH
    }

    assert actors - {"sr:actsFor"} == names


@pytest.mark.parametrize(
    ("kind", "values"),
    [("Role", Role), ("Status", Status), ("Polarity", Polarity)],
    ids=str,
)
def test_closed_lists_are_those_of_the_model(
    kind: str, values: type[Role] | type[Status] | type[Polarity]
) -> None:
    individuals = {str(term).removeprefix(SR) for term in GRAPH.subjects(RDF.type, iri(kind))}

    assert individuals == {value.value for value in values}


def test_every_kind_of_actor_is_a_class() -> None:
    for kind in ActorKind:
        assert (iri(kind.value.title()), RDFS.subClassOf, iri("Actor")) in GRAPH


def test_there_is_no_blank_node_and_no_undeclared_term() -> None:
    triples = list(parse(path=ontology_path("state-relations.ttl"), format=RdfFormat.TURTLE))
    used = {
        str(term) for triple in GRAPH for term in triple if isinstance(term, URIRef) and term.startswith(SR)
    }

    assert not any(
        isinstance(term, BlankNode) for triple in triples for term in (triple.subject, triple.object)
    )
    assert used == set(TERMS)


def test_what_a_relation_implies_is_what_owl_implies() -> None:
    for name in RELATIONS:
        edges = {(iri(name), True)}
        while True:
            more = set(edges)
            for term, forward in edges:
                more |= {(parent, forward) for parent in GRAPH.objects(term, RDFS.subPropertyOf)}
                more |= {(inverse, not forward) for inverse in GRAPH.objects(term, OWL.inverseOf)}
                if (term, RDF.type, OWL.SymmetricProperty) in GRAPH:
                    more.add((term, not forward))
            if more == edges:
                break
            edges = more
        forward, backward = ONTOLOGY.implied(name)
        assert {(iri(each), True) for each in forward} | {(iri(each), False) for each in backward} == edges


def test_an_unknown_relation_names_the_nearest() -> None:
    with pytest.raises(OntologyError, match="did you mean sr:imposesSanctionsOn"):
        ONTOLOGY.relation("sr:imposeSanctionsOn")
    with pytest.raises(OntologyError, match=r"unknown relation sr:qqqqqq$"):
        ONTOLOGY.relation("qqqqqq")


def test_an_inverse_reading_names_its_relation() -> None:
    with pytest.raises(OntologyError, match="sr:isAidedBy reads sr:aids"):
        ONTOLOGY.relation("sr:isAidedBy")


def test_an_unknown_event_type_names_the_nearest() -> None:
    with pytest.raises(OntologyError, match="did you mean ASSAULT"):
        ONTOLOGY.score("ASSALT")


@pytest.mark.parametrize("name", ["a1", "a b#c?d/e", "%20", "ș😀", '\u2028<>"{}|^`\\', "..", ""])
def test_iris_are_valid_and_keep_the_id(name: str) -> None:
    for make in (actor_iri, article_iri, statement_iri):
        assert local_id(make(name)) == name
        assert make(name).isascii()
        assert not set(make(name)) & set(' <>"{}|^`\\#?')
    assert quote_iri(name, 1, 2) != quote_iri(name, 12, 2) != quote_iri(name + "1", 2, 2)


def test_different_ids_give_different_iris() -> None:
    names = ["a/b", "a%2Fb", "a b", "a+b", "a%20b", "A/B"]

    assert len({article_iri(name) for name in names}) == len(names)


def test_a_missing_file_names_where_it_was_looked_for() -> None:
    with pytest.raises(OntologyError, match=r"none.ttl: not found in .*ontologies"):
        ontology_path("none.ttl")
