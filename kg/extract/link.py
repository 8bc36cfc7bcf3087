"""Mention → Actor, with how sure it is and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from kg.actors import ActorTable, Case, FormKind
from kg.actors.table import family_first
from kg.extract.introductions import Context, introduced, load_context, repeated, surnames
from kg.extract.mentions import Naming, find_mentions
from kg.model import Actor, ActorKind, Article, Mention, MentionKind, Span

__all__ = ["Link", "link_mentions"]

REASONS = {
    FormKind.NAME: "name",
    FormKind.ADJECTIVE: "adjective",
    FormKind.INHABITANT: "inhabitant",
    FormKind.CAPITAL: "metonym: capital",
    FormKind.CITY: "city",
    FormKind.SEAT: "metonym: seat",
    FormKind.ORGANISATION: "name",
    FormKind.GROUP: "name",
    FormKind.PERSON: "name",
    FormKind.MEDIUM: "name",
}
CONFIDENCES = {FormKind.CAPITAL: 0.9, FormKind.SEAT: 0.9, FormKind.CITY: 0.8, FormKind.MEDIUM: 0.9}
NOUNS = frozenset({"NOUN", "PROPN"})
ACTING = frozenset(FormKind) - {FormKind.CITY, FormKind.MEDIUM, FormKind.PERSON}
INSIDE = frozenset({"ORG", "FAC", "FACILITY", "WORK_OF_ART", "PRODUCT", "EVENT"})


@dataclass(frozen=True, slots=True)
class Link:
    """A mention and whom it names; `actor` is `None` where that stays open.

    `confidence` is between 0 and 1; `reason` says in words what it rests on.
    """

    mention: Mention
    actor: Actor | None
    form: FormKind | None
    case: Case | None
    confidence: float
    reason: str


def link_mentions(article: Article, doc: Doc, actors: ActorTable) -> tuple[Link, ...]:
    """The mentions of actors in `doc` with whom they name, in text order, never overlapping.

    A compound adjective ("ruso-ucrainean") gives one link for each part.
    """
    context = load_context(doc.lang_)
    namings = find_mentions(article, doc, actors)
    links = [
        _link(naming, doc, actors)
        for place, naming in enumerate(namings)
        if not _is_other(naming, doc, context) and not _is_shared(namings, place, doc, context, actors)
    ]
    links += _people(article, doc, links)
    return tuple(sorted(links, key=lambda link: link.mention.span))


def _link(naming: Naming, doc: Doc, actors: ActorTable) -> Link:
    form = naming.forms[0]
    kind = form.kind
    token = _head(naming.mention, doc)
    if kind is FormKind.ADJECTIVE and token.pos_ in NOUNS and token.dep_ not in ("amod", "compound"):
        kind = FormKind.INHABITANT
    confidence = CONFIDENCES.get(kind, 1.0) - (0 if naming.exact else 0.05)
    exact = "exact" if naming.exact and kind in (FormKind.NAME, FormKind.ORGANISATION) else ""
    reason = " ".join(filter(None, [exact, REASONS[kind], f"({form.case})" if form.case else ""]))
    mention = replace(naming.mention, kind=MentionKind(str(kind)))
    return Link(mention, actors.actor(form.actor), kind, form.case, confidence, reason)


def _is_other(naming: Naming, doc: Doc, context: Context) -> bool:
    """Whether the words are a part of another name: someone of the same surname, a firm, a newspaper."""
    form = naming.forms[0]
    head = _head(naming.mention, doc)
    tokens = doc.char_span(naming.mention.span.start, naming.mention.span.end, alignment_mode="expand")
    if form.partial:
        before = doc[tokens.start - 1] if tokens.start else None
        return (
            before is not None
            and before.pos_ == "PROPN"
            and before.ent_type_ == head.ent_type_ == "PERSON"
            and before.lower_ not in context.titles
            and not context.is_office(before)
        )
    if form.kind not in (FormKind.NAME, FormKind.CITY, FormKind.CAPITAL) or head.ent_type_ not in INSIDE:
        return False
    entity = next(entity for entity in doc.ents if entity.start <= head.i < entity.end)
    others = [token for token in entity if token.pos_ == "PROPN" and not tokens.start <= token.i < tokens.end]
    genitive = form.case == "gen" or any(child.dep_ == "case" for child in head.children)
    beside = bool(others) and not genitive and head.dep_ in ("compound", "flat", "nmod", "flat:name")
    return beside and not any(context.is_institution(token) for token in entity)


def _is_shared(namings: Sequence[Naming], place: int, doc: Doc, context: Context, actors: ActorTable) -> bool:
    """Whether a body that many states have is another's here: "Consiliul de Securitate al Rusiei"."""
    naming = namings[place]
    if naming.mention.text not in context.shared:
        return False
    own = actors.actor(naming.forms[0].actor).state
    for other in namings[max(0, place - 1) : place + 2]:
        if other is naming or other.forms[0].kind in (FormKind.CITY, FormKind.MEDIUM, FormKind.PERSON):
            continue
        before, after = sorted((naming.mention.span, other.mention.span))
        between = doc.text[before.end : after.start]
        if (
            len(between.split()) <= 2
            and "," not in between
            and actors.actor(other.forms[0].actor).state != own
        ):
            return True
    return False


def _people(article: Article, doc: Doc, links: Sequence[Link]) -> list[Link]:
    """The people that the text introduces, and every short name that it goes on with."""
    if not doc.has_annotation("DEP"):
        return []
    taken = {
        token.i
        for link in links
        for token in doc.char_span(link.mention.span.start, link.mention.span.end, alignment_mode="expand")
    }
    states = {
        link.mention.head: link.actor.state
        for link in links
        if link.form in ACTING and link.actor and link.actor.state and link.mention.head is not None
    }
    found: list[Link] = []
    known: list[tuple[int, str, Actor | None, float]] = []
    for link in links:
        if link.actor and link.actor.kind is ActorKind.PERSON and link.mention.head is not None:
            for short in surnames(link.mention.text, link.actor.state, family_first()):
                known.append((link.mention.head, short, link.actor, link.confidence))
    for person in introduced(doc, states, frozenset(taken)):
        reason = "introduced in the text" if person.actor else "a person of no known state"
        mention = _mention(article, person.tokens.start_char, person.tokens.end_char, person.tokens.root)
        found.append(Link(mention, person.actor, FormKind.PERSON, None, person.confidence, reason))
        taken.update(token.i for token in person.tokens)
        state = person.actor.state if person.actor else None
        for short in surnames(person.tokens.text, state, family_first()):
            known.append((person.tokens.start, short, person.actor, person.confidence))
    known.sort(key=lambda entry: entry[0])
    replaced: list[Link] = []
    names = [(place, short) for place, short, actor, _ in known if actor]
    actors = [(actor, confidence) for _, _, actor, confidence in known if actor]
    for link in found:
        single = link.actor is None and " " not in link.mention.text and link.mention.head is not None
        if not single:
            replaced.append(link)
        else:
            taken.discard(int(link.mention.head or 0))
    for token, index in repeated(doc, names, taken):
        actor, confidence = actors[index]
        mention = _mention(article, token.idx, token.idx + len(token), token)
        reason = "short for a name before"
        replaced.append(Link(mention, actor, FormKind.PERSON, None, confidence * 0.95, reason))
        taken.add(token.i)
    for link in found:
        if link not in replaced and link.mention.head not in taken:
            replaced.append(link)
    return replaced


def _mention(article: Article, start: int, end: int, head: Token) -> Mention:
    return Mention(Span(article.id, start, end), article.text[start:end], MentionKind.PERSON, head.i)


def _head(mention: Mention, doc: Doc) -> Token:
    return doc[mention.head or 0]
