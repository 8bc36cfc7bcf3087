"""The shapes take what is written and refuse whatever lacks a piece or has a wrong one."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings, strategies
from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from store_factory import ARTICLE, TEXT, make_statement

from kg import validation
from kg.errors import OntologyError
from kg.model import Article, MentionKind, Polarity, Role, Status
from kg.ontology import SR, article_iri, extractor_iri, load_ontology, ontology_path
from kg.shapes import Shapes
from kg.store import EmbeddedStore
from kg.store.rdf import EDGES, ONTOLOGY, node, write
from kg.validation import Violation, find_violations, validate, validate_location

GRAPH = ox.NamedNode(article_iri("a1"))
XSD = "http://www.w3.org/2001/XMLSchema#"

PIECES = {
    "sr:Statement": [
        "sr:relation",
        "sr:predicate",
        "prov:wasDerivedFrom",
        "sr:status",
        "sr:polarity",
        "prov:wasGeneratedBy",
        "sr:confidence",
    ],
    "sr:Quote": ["sr:text", "sr:start", "sr:end", "sr:sentence", "prov:wasQuotedFrom"],
    "sr:Predicate": ["rdfs:label", "sr:lemma", "sr:start", "sr:end"],
    "sr:Argument": ["rdfs:label", "sr:role", "sr:start", "sr:end", "sr:mentionKind", "sr:position"],
    "sr:Attribution": ["rdfs:label", "sr:cue", "sr:start", "sr:end", "sr:position"],
    "sr:Triple": ["sr:toldSubject", "sr:link", "sr:toldObject", "sr:position"],
    "sr:Article": ["dcterms:identifier"],
}

WRONG = [
    ("sr:Statement", "sr:status", node("sr:certain")),
    ("sr:Statement", "sr:polarity", node("sr:asserted")),
    ("sr:Statement", "sr:relation", node("sr:isAidedBy")),
    ("sr:Statement", "sr:confidence", ox.Literal(1.5)),
    ("sr:Statement", "sr:confidence", ox.Literal("high")),
    ("sr:Statement", "prov:wasGeneratedBy", ox.Literal("rules/0.2.0")),
    ("sr:Statement", "prov:wasGeneratedBy", ox.NamedNode(extractor_iri("rules"))),
    ("sr:Statement", "sr:source", node("sr:aids")),
    ("sr:Statement", "sr:target", ox.Literal("ZZB")),
    ("sr:Statement", "sr:begins", ox.Literal("2026-01-01", datatype=ox.NamedNode(f"{XSD}date"))),
    ("sr:Statement", "sr:begins", ox.Literal("June")),
    ("sr:Argument", "sr:role", node("sr:hero")),
    ("sr:Argument", "sr:mentionKind", ox.Literal("drawing")),
    ("sr:Argument", "sr:quantity", ox.Literal("many")),
    ("sr:Argument", "sr:start", ox.Literal(-1)),
    ("sr:Argument", "sr:actor", node("sr:aids")),
    ("sr:Quote", "sr:start", ox.Literal("0")),
    ("sr:Article", "dcterms:issued", ox.Literal("yesterday")),
]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory):
    with EmbeddedStore.open(tmp_path_factory.mktemp("store")) as store:
        yield store


@cache
def vocabulary(store: EmbeddedStore) -> list[ox.Quad]:
    return list(store.quads())


def violations(quads: list[ox.Quad], store: EmbeddedStore) -> list[Violation]:
    """What is wrong in a store of just these quads and the vocabulary."""
    inner = ox.Store()
    inner.extend([*quads, *vocabulary(store)])
    return validate(EmbeddedStore(inner, Path("memory")))


def first_of(kind: str) -> ox.NamedNode:
    quads = write(ARTICLE, [make_statement()], {})
    return next(quad.subject for quad in quads if quad.object == node(kind))


def test_what_is_written_conforms(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path) as store:
        store.replace(
            ARTICLE, [make_statement(), make_statement("s2", "sr:accuses", confidence=1.0, attribution=())]
        )
        assert validate(store) == []


@pytest.mark.parametrize(
    ("kind", "predicate"), [(kind, predicate) for kind, pieces in PIECES.items() for predicate in pieces]
)
def test_a_missing_piece_is_refused_once(empty: EmbeddedStore, kind: str, predicate: str) -> None:
    name = first_of(kind)
    quads = write(ARTICLE, [make_statement()], {})
    left = [quad for quad in quads if (quad.subject, quad.predicate) != (name, node(predicate))]

    assert len(left) < len(quads)
    assert [found.node for found in violations(left, empty)] == [name.value]


@pytest.mark.parametrize(("kind", "predicate", "value"), WRONG, ids=str)
def test_a_wrong_piece_is_refused_once(
    empty: EmbeddedStore, kind: str, predicate: str, value: ox.NamedNode | ox.Literal
) -> None:
    name = first_of(kind)
    quads = write(ARTICLE, [make_statement()], {})
    left = [quad for quad in quads if (quad.subject, quad.predicate) != (name, node(predicate))]

    found = violations([*left, ox.Quad(name, node(predicate), value, GRAPH)], empty)
    assert [violation.node for violation in found] == [name.value]


def test_a_statement_has_one_event_type(empty: EmbeddedStore) -> None:
    quads = write(ARTICLE, [make_statement()], {})
    name, kind = (
        first_of("sr:Statement"),
        ox.Quad(first_of("sr:Statement"), node("rdf:type"), node("sr:Aid"), GRAPH),
    )
    without = [quad for quad in quads if quad != kind]
    twice = [*quads, ox.Quad(name, node("rdf:type"), node("sr:Accuse"), GRAPH)]

    assert "event type" in violations(without, empty)[0].message
    assert "event type" in violations(twice, empty)[0].message


def test_an_event_is_what_is_asserted_and_positive(empty: EmbeddedStore) -> None:
    asserted = write(ARTICLE, [make_statement()], {})
    planned = write(ARTICLE, [make_statement(status=Status.PLANNED)], {})
    negative = write(ARTICLE, [make_statement(polarity=Polarity.NEGATIVE)], {})
    event = ox.Quad(first_of("sr:Statement"), node("rdf:type"), node("sr:Event"), GRAPH)

    assert event in asserted
    assert event not in planned + negative
    assert [found.message for found in violations([*planned, event], empty)] == [
        "an event is asserted, not https://w3id.org/state-relations/ontology#planned"
    ]
    assert [found.message for found in violations([*negative, event], empty)] == [
        "an event is positive, not https://w3id.org/state-relations/ontology#negative"
    ]
    assert [found.message for found in violations([quad for quad in asserted if quad != event], empty)] == [
        "an asserted, positive statement is an event"
    ]


def test_what_stands_in_no_graph_of_an_article_is_found(empty: EmbeddedStore) -> None:
    quads = write(ARTICLE, [make_statement()], {})
    article = [quad for quad in quads if quad.subject == GRAPH]
    stray = ox.NamedNode("https://w3id.org/state-relations/graph/mine")
    told = first_of("sr:Statement").value
    moved = [
        (quads, [], []),
        ([quad for quad in quads if quad not in article], [], [(told, GRAPH.value)]),
        (
            article,
            [ox.Quad(*quad.triple, stray) for quad in quads],
            [(told, stray.value), (GRAPH.value, stray.value)],
        ),
        (article, [ox.Quad(*quad.triple) for quad in quads], [(told, "the default graph")]),
        (
            quads,
            [ox.Quad(node("sr:x"), node("rdf:type"), node("sr:Statement"), EDGES)],
            [(f"{SR}x", EDGES.value)],
        ),
    ]
    for kept, others, expected in moved:
        found = violations(kept + others, empty)
        assert sorted((each.node, each.message.partition(", not in ")[2]) for each in found) == sorted(
            expected
        )
        assert not any("None" in str(each) for each in found)


def test_an_article_without_its_id_is_found(empty: EmbeddedStore) -> None:
    quads = write(ARTICLE, [make_statement()], {})
    left = [quad for quad in quads if quad.predicate != node("dcterms:identifier")]

    assert [(found.article, found.message) for found in violations(left, empty)] == [
        ("a1", "an article needs its id")
    ]


def test_a_fault_is_not_hidden_by_what_another_article_says(empty: EmbeddedStore) -> None:
    quads = write(ARTICLE, [make_statement()], {})
    other = Article("a2", TEXT)
    graph = ox.NamedNode(article_iri("a2"))
    quote = first_of("sr:Quote")
    missing = [quad for quad in quads if (quad.subject, quad.predicate) != (quote, node("sr:text"))]
    supplied = [
        *write(other, [make_statement("s2", article="a2", confidence=2.0)], {}),
        ox.Quad(quote, node("sr:text"), ox.Literal(TEXT), graph),
    ]

    assert {found.article for found in violations(missing + supplied, empty)} == {"a1", "a2"}


def test_a_second_status_is_refused(empty: EmbeddedStore) -> None:
    second = ox.Quad(first_of("sr:Statement"), node("sr:status"), node("sr:denied"), GRAPH)

    assert "one status" in violations([*write(ARTICLE, [make_statement()], {}), second], empty)[0].message


def test_a_source_that_nothing_describes_is_refused(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path) as store:
        store.replace(ARTICLE, [make_statement(source="QQQ")])
        found = validate(store)

    assert [violation.message for violation in found] == [
        "the source must be described as an actor, not https://w3id.org/state-relations/actor/QQQ"
    ]


def test_a_violation_names_the_article_and_the_quote(tmp_path: Path) -> None:
    bad = Article("a b/2", TEXT)
    with EmbeddedStore.open(tmp_path) as store:
        store.replace(ARTICLE, [make_statement()])
        store.replace(bad, [make_statement("s2", article="a b/2", confidence=2.0)])
        found = validate(store)

    assert [(violation.article, violation.quote) for violation in found] == [("a b/2", TEXT)]
    assert "confidence" in str(found[0])


@settings(max_examples=30, deadline=None)
@given(data=strategies.data())
def test_the_quick_test_and_pyshacl_agree(empty: EmbeddedStore, data: strategies.DataObject) -> None:
    quads = write(ARTICLE, [make_statement()], {})
    terms = sorted({quad.object for quad in quads}, key=str)
    pieces = [
        *terms,
        ox.Literal(-1),
        ox.Literal("June", datatype=ox.NamedNode(f"{XSD}date")),
        node("sr:hero"),
    ]
    chosen = data.draw(strategies.sampled_from(quads))
    rest = [quad for quad in quads if quad != chosen]
    kind = data.draw(strategies.sampled_from(["none", "other", "second"]))
    other = ox.Quad(chosen.subject, chosen.predicate, data.draw(strategies.sampled_from(pieces)), GRAPH)
    drawn = {"none": rest, "other": [*rest, other], "second": [*quads, other]}[kind]
    changed = list(dict.fromkeys(drawn))  # a graph holds a quad once
    kinds = {node("rdf:type"), node("rdfs:subClassOf")}
    context = [quad for quad in empty.quads(ONTOLOGY) if quad.predicate in kinds]

    found = list(find_violations({"a1": changed}, context))
    assert Shapes(context).conforms(changed) == (not found), found


def test_an_unknown_constraint_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ontology_path("shapes.ttl").read_text(encoding="utf-8")
    changed = tmp_path / "shapes.ttl"
    changed.write_text(text.replace("sh:maxCount 1", "sh:maxLength 1", 1), encoding="utf-8")
    monkeypatch.setattr("kg.shapes.ontology_path", lambda _name: changed)

    with pytest.raises(OntologyError, match="sh:maxLength"):
        Shapes()


def test_the_closed_lists_are_those_of_the_model_and_the_ontology() -> None:
    shapes = Graph().parse(ontology_path("shapes.ttl"))
    lists = [
        {str(item).removeprefix(SR) for item in Collection(shapes, head)}
        for head in shapes.objects(None, SH["in"])
    ]

    types = {kind.id.removeprefix("sr:") for kind in load_ontology().event_types.values()}
    expected = [
        *(set(kind) for kind in (Status, Polarity, Role, MentionKind)),
        {"Statement", "Event", *types},
        {"Event"},  # and what an event isn't
        set(Status) - {Status.ASSERTED},
        {Polarity.NEGATIVE},
    ]
    assert sorted(map(sorted, lists)) == sorted(map(sorted, expected))


def test_no_shape_needs_sparql() -> None:
    shapes = Graph().parse(ontology_path("shapes.ttl"))

    assert list(shapes.objects(None, SH.sparql)) == []
    assert {URIRef(f"{SR}Statement"), URIRef(f"{SR}Mention")} <= set(shapes.objects(None, SH.targetClass))
    assert len(set(shapes.subjects(RDF.type, SH.NodeShape))) >= 8


def test_articles_shared_out_among_processes_give_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EmbeddedStore.open(tmp_path) as store:
        for number in range(6):
            name = f"a{number}"
            told = make_statement(f"s{number}", article=name, confidence=number / 4)
            store.replace(Article(name, TEXT), [told])
        serial = validate(store)
    monkeypatch.setattr(validation, "SHARED", 2)

    assert [violation.article for violation in serial] == ["a5"]
    assert validate_location(tmp_path) == serial
