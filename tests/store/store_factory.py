"""Statements made by hand, for tests of what holds them."""

from dataclasses import replace
from datetime import date

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
from kg.ontology import load_ontology

NORTH = Actor("ZZA", ActorKind.STATE, (("en", "Northland"), ("ro", "Nordia")), "ZZA")
SOUTH = Actor("ZZB", ActorKind.STATE, (("en", "Southland"), ("ro", "Sudia")), "ZZB")
EAST = Actor("ZZC", ActorKind.STATE, (("en", "Eastland"), ("ro", "Estia")), "ZZC")
MINISTER = Actor("ion-popa", ActorKind.PERSON, (("ro", "Ion Popa"),), "ZZA")
STATES = {actor.id: actor for actor in (NORTH, SOUTH, EAST)}

TEXT = "Ion Popa a declarat pe 17 iunie că Nordia trimite Sudiei o mie de geniști."
ARTICLE = Article(
    id="a1",
    text=TEXT,
    language="ro",
    title="Geniști",
    publisher="Gazeta",
    published="2025-06-17",
    url="https://example.org/a1",
)


def make_mention(text: str, kind: MentionKind = MentionKind.NAME, article: str = "a1") -> Mention:
    start = TEXT.index(text)
    return Mention(Span(article, start, start + len(text)), text, kind)


def make_statement(
    name: str = "s1",
    relation: str = "sr:sendsPersonnelTo",
    source: str | None = "ZZA",
    target: str | None = "ZZB",
    article: str = "a1",
    **changes: object,
) -> Statement:
    """A statement of `article` with everything in it that there can be."""
    kind = load_ontology().relation(relation)
    giver = make_mention("Nordia", article=article)
    taker = make_mention("Sudiei", article=article)
    theme = make_mention("o mie de geniști", MentionKind.THING, article)
    verb = make_mention("trimite", MentionKind.THING, article)
    statement = Statement(
        id=name,
        relation=Relation(kind.id, verb.text, "trimite", verb.span),
        event_type=kind.event_type,
        mode=kind.mode,
        contexts=kind.contexts,
        source=source,
        target=target,
        arguments=(
            Argument(Role.SUBJECT, giver, STATES.get(source or "")),
            Argument(Role.OBJECT, taker, STATES.get(target or ""), marker="către"),
            Argument(Role.THEME, theme, quantity=1000, unit="genist"),
        ),
        told=(Triple(giver, "trimite", theme), Triple(theme, "către", taker)),
        status=Status.ASSERTED,
        polarity=Polarity.POSITIVE,
        attribution=(
            Attribution(make_mention("Ion Popa", MentionKind.PERSON, article), MINISTER, "a declarat"),
        ),
        time=TimeInterval("pe 17 iunie", date(2025, 6, 17), date(2025, 6, 18)),
        evidence=Evidence(Span(article, 0, len(TEXT)), TEXT, 0),
        confidence=0.86,
        extractor="rules/0.2.0",
    )
    return replace(statement, **changes)
