"""What is written is read back, whatever the texts hold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from store_factory import ARTICLE, STATES, make_mention, make_statement

from kg.errors import OntologyError, StoreError
from kg.model import (
    Actor,
    ActorKind,
    Argument,
    Article,
    Attribution,
    Evidence,
    Mention,
    MentionKind,
    Polarity,
    Relation,
    Role,
    Span,
    Statement,
    Status,
    TimeInterval,
    Triple,
)
from kg.ontology import article_iri, load_ontology
from kg.store.rdf import node, write
from kg.store.reading import read_actors, read_article, read_statements

RELATIONS = load_ontology().relations
HOSTILE = [
    "\"quoted\" and 'single'",
    "line\none\rtwo\ttab",
    "<script>alert(1)</script> & > ]]>",
    "back\\slash \\u0041 \\n",
    "separator \u2028 \u2029 \x85",
    "😀 é e\u0301 ș",
    "} GRAPH <x> { ?s ?p ?o . #",
    "\x00\x07\x7f",
    " a b#c?d/e%20 ",
    "../..",
    "",
]


def through_store(article: Article, statements: list[Statement]) -> tuple[Article, list[Statement]]:
    store = Store()
    store.extend(write(article, statements, {}))
    return read_article(store), read_statements(store, {})


def draw_mentions(article: str) -> st.SearchStrategy[Mention]:
    return st.builds(Mention, draw_spans(article), st.text(), st.sampled_from(MentionKind))


def draw_spans(article: str) -> st.SearchStrategy[Span]:
    starts = st.integers(0, 10**6)
    return st.builds(lambda start, length: Span(article, start, start + length), starts, st.integers(0, 999))


ACTORS = [
    Actor("ZZA", ActorKind.STATE, (("en", "Northland"), ("ro", "Nordia")), "ZZA"),
    Actor("someone #1", ActorKind.PERSON, (("ro", 'Ion "Nelu" Popa'),), None),
    Actor("agenția", ActorKind.MEDIUM, (), "ZZB"),
    Actor("grup", ActorKind.GROUP, (("", "Grupul"),), None),
]
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 10**12).map(float)


@st.composite
def draw_statements(draw: st.DrawFn, article: str) -> Statement:
    mentions = draw_mentions(article)
    actors = st.none() | st.sampled_from(ACTORS)
    arguments = st.builds(
        Argument,
        st.sampled_from(Role),
        mentions,
        actors,
        NUMBERS,
        st.none() | st.text(),
        st.none() | st.text(),
    )
    days = st.dates(max_value=date(9000, 1, 1))
    times = st.builds(
        lambda text, day, length: TimeInterval(text, day, day + timedelta(length)),
        st.text(),
        days,
        st.integers(1, 999),
    )
    chosen = tuple(draw(st.lists(arguments, max_size=3)))
    told = st.builds(Triple, mentions, st.text(), mentions)
    inside = [Triple(each.mention, "→", chosen[0].mention) for each in chosen]
    contexts = draw(st.lists(st.sampled_from(["military", "legal", "cyber"]), unique=True))
    return Statement(
        id=draw(st.text(min_size=1)),
        relation=draw(
            st.builds(Relation, st.sampled_from(sorted(RELATIONS)), st.text(), st.text(), draw_spans(article))
        ),
        event_type=draw(st.sampled_from(sorted(load_ontology().event_types))),
        mode=draw(st.none() | st.text()),
        contexts=tuple(sorted(contexts)),
        source=draw(st.none() | st.text(min_size=1)),
        target=draw(st.none() | st.text(min_size=1)),
        arguments=chosen,
        told=(*draw(st.lists(told, max_size=2)), *inside),
        status=draw(st.sampled_from(Status)),
        polarity=draw(st.sampled_from(Polarity)),
        attribution=tuple(draw(st.lists(st.builds(Attribution, mentions, actors, st.text()), max_size=2))),
        time=draw(st.none() | times),
        evidence=draw(st.builds(Evidence, draw_spans(article), st.text(), st.integers(0, 999))),
        confidence=draw(st.floats(0, 1)),
        extractor=draw(st.text()),
    )


@st.composite
def draw_articles(draw: st.DrawFn) -> tuple[Article, Statement]:
    words = st.none() | st.text()
    article = Article(
        id=draw(st.text(min_size=1)),
        text="",
        language=draw(st.sampled_from(["ro", "en", None])),
        title=draw(words),
        publisher=draw(words),
        published=draw(st.sampled_from([None, "2025-06", "2025-06-17", "2025-06-31", "17.06.2025", "1"])),
        url=draw(words),
    )
    return article, draw(draw_statements(article.id))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(draw_articles())
def test_whatever_is_written_is_read_back(drawn: tuple[Article, Statement]) -> None:
    article, statement = drawn

    assert through_store(article, [statement]) == (article, [statement])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_survive(text: str) -> None:
    article = replace(ARTICLE, id=text or "none", text="", title=text, publisher=text, url=text)
    statement = make_statement(f"s{text}", article=article.id)
    statement = replace(
        statement,
        evidence=replace(statement.evidence, quote=text),
        extractor=text,
        relation=replace(statement.relation, text=text, lemma=text),
    )

    assert through_store(article, [statement]) == (article, [statement])


def test_statements_come_in_the_order_of_the_text() -> None:
    later = make_statement("a", evidence=Evidence(Span("a1", 80, 99), "Mai târziu.", 1))
    first = make_statement("b")

    assert through_store(ARTICLE, [later, first])[1] == [first, later]


def test_every_node_is_an_iri_and_every_quad_in_the_graph_of_the_article() -> None:
    quads = write(ARTICLE, [make_statement()], {})

    assert {quad.graph_name for quad in quads} == {NamedNode(article_iri("a1"))}
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_the_same_content_gives_the_same_quads() -> None:
    assert write(ARTICLE, [make_statement()], {}) == write(ARTICLE, [make_statement(), make_statement()], {})


def test_a_known_actor_is_not_described_again() -> None:
    graph = write(ARTICLE, [make_statement()], STATES)

    described = {
        quad.subject.value
        for quad in graph
        if quad.subject.value.startswith("https://w3id.org/state-relations/actor/")
    }
    assert described == {"https://w3id.org/state-relations/actor/ion-popa"}
    assert read_statements(graph, STATES) == [make_statement()]


def test_the_head_of_a_mention_does_not_count() -> None:
    statement = make_statement()
    first, *others = statement.arguments
    parsed = replace(first, mention=replace(first.mention, head=7))

    assert through_store(ARTICLE, [replace(statement, arguments=(parsed, *others))])[1] == [statement]


def test_a_span_in_another_article_is_refused() -> None:
    foreign = Argument(Role.THEME, make_mention("Nordia", article="a2"))

    with pytest.raises(StoreError, match=r"a1: .* another article, a2"):
        write(ARTICLE, [make_statement(arguments=(foreign,))], {})


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ("sr:sendsPersonelTo", "did you mean sr:sendsPersonnelTo"),
        ("sr:receivesPersonnelFrom", "sr:sendsPersonnelTo"),
    ],
)
def test_an_unknown_relation_is_refused(relation: str, words: str) -> None:
    statement = make_statement()

    with pytest.raises(OntologyError, match=words):
        write(ARTICLE, [replace(statement, relation=replace(statement.relation, id=relation))], {})


def test_actors_are_read_with_their_labels() -> None:
    about = [
        Quad(node("actor:ZZA"), node("rdf:type"), node("sr:State")),
        Quad(node("actor:ZZA"), node("rdfs:label"), Literal("Nordia", language="ro")),
        Quad(node("actor:ZZA"), node("rdfs:label"), Literal("Northland", language="en")),
        Quad(node("actor:popa"), node("rdf:type"), node("sr:Person")),
        Quad(node("actor:popa"), node("sr:actsFor"), node("actor:ZZA")),
        Quad(node("actor:nobody"), node("rdfs:label"), Literal("Nimeni", language="ro")),
    ]

    assert read_actors(about) == {
        "ZZA": STATES["ZZA"],
        "popa": Actor("popa", ActorKind.PERSON, (), "ZZA"),
    }


def test_a_graph_that_lacks_a_piece_is_refused_by_name() -> None:
    quads = [quad for quad in write(ARTICLE, [make_statement()], {}) if quad.predicate != node("sr:lemma")]

    with pytest.raises(StoreError, match=r"a1: .*statement/s1 is not a whole statement.*sr:lemma"):
        read_statements(quads, {})
    with pytest.raises(StoreError, match="without an article"):
        read_article([])
