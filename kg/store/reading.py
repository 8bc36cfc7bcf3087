"""Quads as statements again: what `kg.store.rdf` wrote, read back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.errors import StoreError
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
)
from kg.model import Triple as Told
from kg.ontology import PREFIXES, compact, load_ontology, local_id

__all__ = ["read_actors", "read_article", "read_statements"]

KINDS = {f"sr:{kind.title()}": kind for kind in ActorKind}
OWN_STATE = {ActorKind.STATE, ActorKind.ORGANISATION}


def read_actors(triples: Iterable[Quad | Triple]) -> dict[str, Actor]:
    """The actors that the triples describe, by id; a state or organisation acts for itself."""
    graph = _Graph(triples)
    actors = (graph.actor(name) for name in graph.nodes if name.startswith(PREFIXES["actor"]))
    return {
        actor.id: Actor(actor.id, actor.kind, actor.labels, actor.state or _own(actor))
        for actor in actors
        if actor is not None
    }


def read_article(quads: Iterable[Quad | Triple]) -> Article:
    """The article of a graph, without its text, which is not stored.

    Raises: StoreError where the quads hold no article.
    """
    graph = _Graph(quads)
    for name, values in graph.nodes.items():
        if "sr:Article" in map(_name, values.get("rdf:type", ())):
            return Article(
                id=graph.text(name, "dcterms:identifier"),
                text="",
                language=graph.maybe(name, "dc:language"),
                title=graph.maybe(name, "dcterms:title"),
                publisher=graph.maybe(name, "dc:publisher"),
                published=graph.maybe(name, "dcterms:issued"),
                url=graph.maybe(name, "schema:url"),
            )
    raise StoreError("a graph without an article: it was not written by this library")


def read_statements(quads: Iterable[Quad], known: Mapping[str, Actor]) -> list[Statement]:
    """The statements of one article's graph in the order of the text.

    Raises: StoreError for a statement that lacks what every statement has.
    """
    quads = list(quads)
    article = read_article(quads)
    graph = _Graph(quads, article.id, known)
    statements = []
    for name, values in graph.nodes.items():
        if "sr:Statement" in map(_name, values.get("rdf:type", ())):
            try:
                statements.append(graph.statement(name))
            except (LookupError, ValueError) as error:
                raise StoreError(f"{article.id}: {name} is not a whole statement: {error}") from error
    return sorted(statements, key=lambda found: (found.evidence.span, found.relation.span, found.id))


def _own(actor: Actor) -> str | None:
    return actor.id if actor.kind in OWN_STATE else None


def _name(term: NamedNode | Literal) -> str:
    return compact(term.value)


class _Graph:
    """What the quads say of each subject, by predicate."""

    def __init__(
        self, quads: Iterable[Quad | Triple], article: str = "", known: Mapping[str, Actor] | None = None
    ) -> None:
        self.nodes: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        self._article = article
        self._known = known or {}
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self.nodes[quad.subject.value][compact(quad.predicate.value)].append(quad.object)

    def maybe(self, name: str, predicate: str) -> str | None:
        found = self.nodes[name].get(predicate)
        return found[0].value if found else None

    def text(self, name: str, predicate: str) -> str:
        found = self.maybe(name, predicate)
        if found is None:
            raise KeyError(f"{name} has no {predicate}")
        return found

    def parts(self, name: str, predicate: str) -> list[str]:
        """The nodes behind a predicate in the order of their positions."""
        parts = [term.value for term in self.nodes[name].get(predicate, ())]
        return sorted(parts, key=lambda part: int(self.text(part, "sr:position")))

    def statement(self, name: str) -> Statement:
        types = {kind.id: kind.code for kind in load_ontology().event_types.values()}
        codes = [types[_name(term)] for term in self.nodes[name]["rdf:type"] if _name(term) in types]
        source, target = self.maybe(name, "sr:source"), self.maybe(name, "sr:target")
        predicate = self.text(name, "sr:predicate")
        quote = self.text(name, "prov:wasDerivedFrom")
        return Statement(
            id=local_id(name),
            relation=Relation(
                id=compact(self.text(name, "sr:relation")),
                text=self.text(predicate, "rdfs:label"),
                lemma=self.text(predicate, "sr:lemma"),
                span=self.span(predicate),
            ),
            event_type=codes[0],
            mode=self.maybe(name, "sr:mode"),
            contexts=tuple(sorted(term.value for term in self.nodes[name].get("sr:context", ()))),
            source=None if source is None else local_id(source),
            target=None if target is None else local_id(target),
            arguments=tuple(self.argument(part) for part in self.parts(name, "sr:argument")),
            told=tuple(
                Told(
                    self.mention(self.text(part, "sr:toldSubject")),
                    self.text(part, "sr:link"),
                    self.mention(self.text(part, "sr:toldObject")),
                )
                for part in self.parts(name, "sr:told")
            ),
            status=Status(compact(self.text(name, "sr:status")).removeprefix("sr:")),
            polarity=Polarity(compact(self.text(name, "sr:polarity")).removeprefix("sr:")),
            attribution=tuple(
                Attribution(self.mention(part), self.actor_of(part), self.text(part, "sr:cue"))
                for part in self.parts(name, "sr:attribution")
            ),
            time=self.time(name),
            evidence=Evidence(
                self.span(quote), self.text(quote, "sr:text"), int(self.text(quote, "sr:sentence"))
            ),
            confidence=float(self.text(name, "sr:confidence")),
            extractor=local_id(self.text(name, "prov:wasGeneratedBy")),
        )

    def argument(self, part: str) -> Argument:
        quantity = self.maybe(part, "sr:quantity")
        return Argument(
            role=Role(compact(self.text(part, "sr:role")).removeprefix("sr:")),
            mention=self.mention(part),
            actor=self.actor_of(part),
            quantity=None if quantity is None else float(quantity),
            unit=self.maybe(part, "sr:unit"),
            marker=self.maybe(part, "sr:marker"),
        )

    def mention(self, part: str) -> Mention:
        kind = MentionKind(self.text(part, "sr:mentionKind"))
        return Mention(self.span(part), self.text(part, "rdfs:label"), kind)

    def span(self, part: str) -> Span:
        return Span(self._article, int(self.text(part, "sr:start")), int(self.text(part, "sr:end")))

    def time(self, name: str) -> TimeInterval | None:
        text = self.maybe(name, "sr:timeText")
        if text is None:
            return None
        begins, ends = self.text(name, "sr:begins"), self.text(name, "sr:ends")
        return TimeInterval(text, date.fromisoformat(begins), date.fromisoformat(ends))

    def actor_of(self, part: str) -> Actor | None:
        name = self.maybe(part, "sr:actor")
        if name is None:
            return None
        known = self._known.get(local_id(name)) or self.actor(name)
        if known is None:
            raise KeyError(f"{name} has no kind")
        return known

    def actor(self, name: str) -> Actor | None:
        values = self.nodes[name]
        kinds = [KINDS[_name(term)] for term in values.get("rdf:type", ()) if _name(term) in KINDS]
        if not kinds:
            return None
        labels = [
            (term.language or "", term.value)
            for term in values.get("rdfs:label", ())
            if isinstance(term, Literal)
        ]
        state = self.maybe(name, "sr:actsFor")
        return Actor(
            local_id(name), kinds[0], tuple(sorted(labels)), None if state is None else local_id(state)
        )
