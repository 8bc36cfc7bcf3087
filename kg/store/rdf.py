"""Statements as quads, and quads as statements: the only place that knows how the graph is written.

Every node has an IRI made from its content, and all that one article says is in one named graph.
A reader gets back what was written, but for `Mention.head`, the order of an actor's labels (by
language) and that of contexts (by name); an article's text is not stored. An actor of
ontologies/actors.ttl is only referred to; any other carries its labels in the article's graph.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.model import Actor, Article, Attribution, Mention, Polarity, Span, Statement, Status
from kg.ontology import (
    PREFIXES,
    actor_iri,
    article_iri,
    extractor_iri,
    load_ontology,
    quote_iri,
    statement_iri,
)

__all__ = ["ACTORS", "EDGES", "ONTOLOGY", "node", "write"]

ACTORS = NamedNode(f"{PREFIXES['graph']}actors")
EDGES = NamedNode(f"{PREFIXES['graph']}edges")
ONTOLOGY = NamedNode(f"{PREFIXES['graph']}ontology")


@cache
def node(name: str) -> NamedNode:
    """The IRI that a prefixed name of the vocabulary stands for.

    >>> node("sr:aids").value
    'https://w3id.org/state-relations/ontology#aids'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def write(article: Article, statements: Iterable[Statement], known: Mapping[str, Actor]) -> list[Quad]:
    """The quads of an article's graph; `known` are the actors that the store already describes.

    Raises: StoreError for a span in another article, OntologyError for an unknown relation or type.
    """
    writer = _Writer(article, known)
    writer.article()
    for statement in {statement.id: statement for statement in statements}.values():
        writer.statement(statement)
    return list(writer.quads)


class _Writer:
    """Collects the quads of one article, each once, in the order of writing."""

    def __init__(self, article: Article, known: Mapping[str, Actor]) -> None:
        self.quads: dict[Quad, None] = {}
        self._article = article
        self._known = known
        self._node = NamedNode(article_iri(article.id))
        self._language = _language(article.language)

    def article(self) -> None:
        article = self._article
        self._add(self._node, "rdf:type", node("sr:Article"))
        self._add(self._node, "dcterms:identifier", article.id)
        self._add(self._node, "dcterms:title", None if article.title is None else self._words(article.title))
        self._add(self._node, "dc:publisher", article.publisher)
        self._add(self._node, "dc:language", article.language)
        self._add(self._node, "schema:url", article.url)
        self._add(self._node, "schema:sha256", article.digest if article.text else None)
        if article.published is not None:
            self._add(self._node, "dcterms:issued", _published(article.published))

    def statement(self, statement: Statement) -> None:
        ontology = load_ontology()
        name = NamedNode(statement_iri(statement.id))
        self._add(name, "rdf:type", node("sr:Statement"))
        self._add(name, "rdf:type", node(ontology.event_type(statement.event_type).id))
        if statement.status is Status.ASSERTED and statement.polarity is Polarity.POSITIVE:
            self._add(name, "rdf:type", node("sr:Event"))
        self._add(name, "sr:relation", node(ontology.relation(statement.relation.id).id))
        self._add(name, "sr:mode", statement.mode)
        for context in statement.contexts:
            self._add(name, "sr:context", context)
        for predicate, code in (("sr:source", statement.source), ("sr:target", statement.target)):
            self._add(name, predicate, None if code is None else NamedNode(actor_iri(code)))
        self._add(name, "sr:status", node(f"sr:{statement.status}"))
        self._add(name, "sr:polarity", node(f"sr:{statement.polarity}"))
        self._add(name, "sr:confidence", Literal(float(statement.confidence)))
        extractor = NamedNode(extractor_iri(statement.extractor))
        self._add(name, "prov:wasGeneratedBy", extractor)
        self._add(extractor, "rdf:type", node("prov:SoftwareAgent"))
        if statement.time is not None:
            self._add(name, "sr:timeText", statement.time.text)
            self._add(name, "sr:begins", statement.time.start)
            self._add(name, "sr:ends", statement.time.end)
        self._evidence(name, statement)
        self._predicate(name, statement)
        mentions = self._arguments(name, statement)
        self._told(name, statement, mentions)
        for position, attribution in enumerate(statement.attribution):
            self._attribution(name, statement, position, attribution)

    def _evidence(self, name: NamedNode, statement: Statement) -> None:
        span = statement.evidence.span
        quote = NamedNode(quote_iri(self._article.id, span.start, span.end))
        self._add(name, "prov:wasDerivedFrom", quote)
        self._add(quote, "rdf:type", node("sr:Quote"))
        self._add(quote, "prov:wasQuotedFrom", self._node)
        self._add(quote, "sr:text", self._words(statement.evidence.quote))
        self._add(quote, "sr:sentence", statement.evidence.sentence)
        self._span(quote, span)

    def _predicate(self, name: NamedNode, statement: Statement) -> None:
        part = NamedNode(statement_iri(statement.id, "predicate"))
        self._add(name, "sr:predicate", part)
        self._add(part, "rdf:type", node("sr:Predicate"))
        self._add(part, "rdfs:label", self._words(statement.relation.text))
        self._add(part, "sr:lemma", statement.relation.lemma)
        self._span(part, statement.relation.span)

    def _arguments(self, name: NamedNode, statement: Statement) -> dict[Mention, NamedNode]:
        numbers: Counter[str] = Counter()
        mentions: dict[Mention, NamedNode] = {}
        for position, argument in enumerate(statement.arguments):
            numbers[argument.role] += 1
            part = NamedNode(statement_iri(statement.id, f"{argument.role}-{numbers[argument.role]}"))
            mentions.setdefault(_headless(argument.mention), part)
            self._add(name, "sr:argument", part)
            self._add(part, "rdf:type", node("sr:Argument"))
            self._add(part, "sr:role", node(f"sr:{argument.role}"))
            self._add(part, "sr:position", position)
            self._mention(part, argument.mention, argument.actor)
            self._add(part, "sr:quantity", argument.quantity)
            self._add(part, "sr:unit", argument.unit)
            self._add(part, "sr:marker", argument.marker)
        return mentions

    def _told(self, name: NamedNode, statement: Statement, mentions: Mapping[Mention, NamedNode]) -> None:
        for position, triple in enumerate(statement.told):
            part = NamedNode(statement_iri(statement.id, f"told-{position + 1}"))
            self._add(name, "sr:told", part)
            self._add(part, "rdf:type", node("sr:Triple"))
            self._add(part, "sr:position", position)
            self._add(part, "sr:link", self._words(triple.link))
            for end, mention in (("subject", triple.subject), ("object", triple.object)):
                place = mentions.get(_headless(mention))
                if place is None:
                    place = NamedNode(statement_iri(statement.id, f"told-{position + 1}-{end}"))
                    self._add(place, "rdf:type", node("sr:Mention"))
                    self._mention(place, mention, None)
                self._add(part, f"sr:told{end.title()}", place)

    def _attribution(self, name: NamedNode, statement: Statement, position: int, said: Attribution) -> None:
        part = NamedNode(statement_iri(statement.id, f"attribution-{position + 1}"))
        self._add(name, "sr:attribution", part)
        self._add(part, "rdf:type", node("sr:Attribution"))
        self._add(part, "sr:position", position)
        self._mention(part, said.mention, said.actor)
        self._add(part, "sr:cue", self._words(said.cue))
        if said.actor is not None:
            self._add(name, "sr:attributedTo", NamedNode(actor_iri(said.actor.id)))

    def _mention(self, part: NamedNode, mention: Mention, actor: Actor | None) -> None:
        self._add(part, "rdfs:label", self._words(mention.text))
        self._add(part, "sr:mentionKind", str(mention.kind))
        self._span(part, mention.span)
        if actor is not None:
            self._add(part, "sr:actor", NamedNode(actor_iri(actor.id)))
            if actor.id not in self._known:
                self._actor(actor)

    def _actor(self, actor: Actor) -> None:
        name = NamedNode(actor_iri(actor.id))
        self._add(name, "rdf:type", node(f"sr:{actor.kind.title()}"))
        for language, label in actor.labels:
            self._add(name, "rdfs:label", Literal(label, language=language) if language else Literal(label))
        self._add(name, "sr:actsFor", None if actor.state is None else NamedNode(actor_iri(actor.state)))

    def _span(self, part: NamedNode, span: Span) -> None:
        if span.article != self._article.id:
            raise StoreError(f"{self._article.id}: a statement has a span in another article, {span.article}")
        self._add(part, "sr:start", span.start)
        self._add(part, "sr:end", span.end)

    def _words(self, text: str) -> Literal:
        return Literal(text, language=self._language) if self._language else Literal(text)

    def _add(
        self, subject: NamedNode, predicate: str, value: NamedNode | Literal | str | float | date | None
    ) -> None:
        if value is not None:
            term = value if isinstance(value, NamedNode | Literal) else _literal(value)
            self.quads[Quad(subject, node(predicate), term, self._node)] = None


def _literal(value: str | float | date) -> Literal:
    if isinstance(value, str):
        return Literal(value)
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=node("xsd:date"))
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return Literal(int(value))
    return Literal(value)


def _published(text: str) -> Literal:
    """A day or a month with its type, anything else as it is."""
    for form, kind in ((text, "xsd:date"), (f"{text}-01", "xsd:gYearMonth")):
        try:
            if date.fromisoformat(form).isoformat() == form:
                return Literal(text, datatype=node(kind))
        except ValueError:
            continue
    return Literal(text)


def _headless(mention: Mention) -> Mention:
    return Mention(mention.span, mention.text, mention.kind)


@cache
def _language(tag: str | None) -> str | None:
    """The tag where it is one of BCP 47, as literals need it."""
    try:
        return Literal("", language=tag).language if tag else None
    except ValueError:
        return None
