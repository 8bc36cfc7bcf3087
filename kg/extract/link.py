"""Mention → Actor, with how sure it is and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from kg.actors import ActorTable, Case, Form, FormKind
from kg.actors.table import family_first
from kg.extract.homonyms import OPEN, homonym, load_homonyms
from kg.extract.introductions import introduced, load_context, repeated, surnames
from kg.extract.mentions import Naming, find_mentions, find_names
from kg.model import Actor, ActorKind, Article, Mention, MentionKind, Span
from kg.parse import normalise

__all__ = ["Link", "link_mentions", "possible_states"]

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
PLACES = frozenset({FormKind.NAME, FormKind.CITY, FormKind.CAPITAL})
ACTING = frozenset(FormKind) - {FormKind.CITY, FormKind.MEDIUM, FormKind.PERSON}
NOUNS = frozenset({"NOUN", "PROPN"})
NAMES = frozenset({"ORG", "FAC", "FACILITY", "WORK_OF_ART", "PRODUCT", "EVENT"})
POST = 5  # tokens from the name of a post to the place where it is
PARTS = frozenset({"compound", "flat", "flat:name", "nmod"})


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

    A compound adjective ("ruso-ucrainean") gives one link for each part. The day on which the article
    was published decides between people of one name, and for whom a person acts.
    """
    linker = _Linker(article, doc, actors)
    links = [*linker.named(find_mentions(article, doc, actors))]
    links += _people(article, doc, links)
    return tuple(sorted(links, key=lambda link: link.mention.span))


def possible_states(article: Article, actors: ActorTable) -> Iterator[str]:
    """The states that the text of an article may name, told without a parse; one may come several times.

    `link_mentions` finds no actor of another state, as the people whom a text introduces have theirs from it.
    """
    language = article.language or ""
    text, day = normalise(article.text), _day(article.published)
    for span, found in find_names(article, language, actors):
        rules = load_homonyms(language).get(span.of(text), ())
        meant = [form.actor for form in found.forms]
        meant += [rule.actor for rule in rules if rule.actor is not None and rule.actor != OPEN]
        for actor in meant:
            state = actors.acting(actor, day).state
            if state is not None:
                yield state


class _Linker:
    """Links the mentions of one article that the table has forms for."""

    def __init__(self, article: Article, doc: Doc, actors: ActorTable) -> None:
        self.doc = doc
        self.text = normalise(article.text)
        self.entities = {token.i: entity for entity in doc.ents for token in entity}
        self.actors = actors
        self.context = load_context(doc.lang_)
        self.day = _day(article.published)
        self.full: dict[str, None] = {}  # the people named in full so far, the latest last

    def named(self, namings: Sequence[Naming]) -> list[Link]:
        """A link for each naming that isn't a part of something else."""
        found = []
        for place, naming in enumerate(namings):
            if not self._is_other(naming) and not self._is_shared(namings, place):
                link = self._link(naming)
                if link is not None:
                    found.append(link)
        return found

    def _link(self, naming: Naming) -> Link | None:
        rule = homonym(naming, self.text, self.doc.lang_)
        if rule is not None and rule.actor is None:
            return None
        forms = naming.forms
        if rule is not None and rule.actor == OPEN:
            kind = forms[0].kind
            mention = replace(naming.mention, kind=MentionKind(str(kind)))
            return Link(mention, None, kind, forms[0].case, 0.0, "several of this name")
        if rule is not None:
            form = next((form for form in forms if form.actor == rule.actor), forms[0])
            return self._as(
                naming, form, self.actors.actor(str(rule.actor)), rule.kind, rule.confidence, "by context"
            )
        if forms[0].kind is FormKind.PERSON:
            return self._person(naming)
        place = FormKind.CITY if self._is_post(naming) else None
        return self._as(naming, forms[0], self.actors.actor(forms[0].actor), place, 1.0, "")

    def _as(
        self, naming: Naming, form: Form, actor: Actor, kind: FormKind | None, confidence: float, why: str
    ) -> Link:
        kind = kind or form.kind
        token = _head(naming.mention, self.doc)
        if kind is FormKind.ADJECTIVE and token.pos_ in NOUNS and token.dep_ not in ("amod", "compound"):
            kind = FormKind.INHABITANT
        confidence = min(confidence, CONFIDENCES.get(kind, 1.0)) - (0 if naming.exact else 0.05)
        reason = f"{'exact ' if naming.exact and REASONS[kind] == 'name' else ''}{REASONS[kind]}"
        if form.case is not None and kind is not FormKind.CITY:
            reason = f"{reason}, inflected form" if form.case == "gen" else reason
        reason = f"{reason}, {why}" if why else reason
        mention = replace(naming.mention, kind=MentionKind(str(kind)))
        return Link(mention, actor, kind, form.case, round(confidence, 2), reason)

    def _person(self, naming: Naming) -> Link:
        """The one of that name whom the text has named in full, else who was in office then."""
        people = list(dict.fromkeys(form.actor for form in naming.forms))
        reason, confidence = "", 1.0
        named = [person for person in reversed(self.full) if person in people]
        if not naming.forms[0].partial:
            chosen = people[0]
            self.full.pop(chosen, None)
            self.full[chosen] = None
        elif len(people) == 1:
            chosen, reason, confidence = people[0], "surname", 0.9
        elif named:
            chosen, reason, confidence = named[0], "introduced in the text", 0.95
        else:
            held = [tenure for person in people for tenure in self.actors.by_person.get(person, ())]
            holding = [tenure.person for tenure in held if tenure.holds(self.day)]
            if self.day is not None and holding:
                chosen, reason, confidence = holding[0], "office at that date", 0.9
            else:
                latest = max(held, key=lambda tenure: tenure.end or date.max, default=None)
                chosen = latest.person if latest else people[0]
                reason, confidence = "the latest in office of that surname", 0.6
        actor = self.actors.acting(chosen, self.day)
        return self._as(naming, naming.forms[0], actor, None, confidence, reason)

    def _is_other(self, naming: Naming) -> bool:
        """Whether the words are a part of another name: of a person, a firm, a newspaper."""
        form, tokens = naming.forms[0], naming.tokens
        head = _head(naming.mention, self.doc)
        if form.partial:
            beside = [self.doc[i] for i in (tokens.start - 1, tokens.end) if 0 <= i < len(self.doc)]
            return any(
                token.pos_ == "PROPN"
                and token.ent_type_ == head.ent_type_ == "PERSON"
                and not self._is_title(token)
                for token in beside
            )
        if form.kind not in PLACES or form.case == "gen" or head.i not in self.entities:
            return False
        entity = self.entities[head.i]
        others = [
            token for token in entity if token.pos_ == "PROPN" and not tokens.start <= token.i < tokens.end
        ]
        if head.ent_type_ == "PERSON":
            return len(tokens) == 1 and any(
                abs(token.i - head.i) == 1 and not self._is_title(token) for token in others
            )
        if head.ent_type_ not in NAMES or not others or head.dep_ not in PARTS:
            return False
        genitive = any(child.dep_ == "case" for child in head.children)
        return not genitive and not any(self.context.is_institution(token) for token in entity)

    def _is_post(self, naming: Naming) -> bool:
        """Whether a capital is the place of another state's embassy: "Ambasada Rusiei la București"."""
        first = naming.tokens.start
        if naming.forms[0].kind is not FormKind.CAPITAL or first == 0:
            return False
        before = self.doc[max(0, first - POST) : first]
        return before[-1].lower_ in self.context.inside and any(
            token.lemma_.lower() in self.context.posts for token in before
        )

    def _is_title(self, token: Token) -> bool:
        return self.context.is_office(token) or token.lower_ in self.context.titles

    def _is_shared(self, namings: Sequence[Naming], place: int) -> bool:
        """Whether a body that many states have is another's here: "Consiliul de Securitate al Rusiei"."""
        naming = namings[place]
        if naming.mention.text not in self.context.shared:
            return False
        own = self.actors.actor(naming.forms[0].actor).state
        for other in namings[max(0, place - 1) : place + 2]:
            if other is naming or other.forms[0].kind not in ACTING:
                continue
            before, after = sorted((naming.mention.span, other.mention.span))
            between = self.text[before.end : after.start]
            near = len(between.split()) <= 2 and "," not in between
            if near and self.actors.actor(other.forms[0].actor).state != own:
                return True
        return False


def _people(article: Article, doc: Doc, links: Sequence[Link]) -> list[Link]:
    """The people that the text introduces, and every short name that it goes on with."""
    if not doc.has_annotation("DEP"):
        return []
    taken: set[int] = set()
    states: dict[int, str] = {}
    known: list[tuple[int, str, Actor, float]] = []
    for link in links:
        tokens = doc.char_span(link.mention.span.start, link.mention.span.end, alignment_mode="expand")
        taken.update(token.i for token in tokens or ())
        if link.actor is None or link.mention.head is None:
            continue
        if (link.form in ACTING or link.form is FormKind.PERSON) and link.actor.state:
            states[link.mention.head] = link.actor.state
        if link.actor.kind is ActorKind.PERSON:
            short = surnames(link.mention.text, link.actor.state, family_first())
            known += ((link.mention.head, name, link.actor, link.confidence) for name in short)
    found: list[Link] = []
    unknown: list[Link] = []
    for person in introduced(doc, states, frozenset(taken)):
        mention = _mention(article, person.tokens.start_char, person.tokens.end_char, person.tokens.root)
        if person.actor is None:
            unknown.append(Link(mention, None, FormKind.PERSON, None, 0.0, "a person of no known state"))
            continue
        found.append(
            Link(mention, person.actor, FormKind.PERSON, None, person.confidence, "introduced in the text")
        )
        taken.update(token.i for token in person.tokens)
        short = surnames(person.tokens.text, person.actor.state, family_first())
        known += ((person.tokens.start, name, person.actor, person.confidence) for name in short)
    known.sort(key=lambda entry: entry[0])
    for token, index in repeated(doc, [(place, short) for place, short, *_ in known], taken):
        *_, actor, confidence = known[index]
        mention = _mention(article, token.idx, token.idx + len(token), token)
        reason = "surname of a person named before"
        found.append(Link(mention, actor, FormKind.PERSON, None, round(confidence * 0.95, 2), reason))
        taken.add(token.i)
    spans = [link.mention.span for link in found]
    found += (
        link
        for link in unknown
        if not any(
            span.start < link.mention.span.end and link.mention.span.start < span.end for span in spans
        )
    )
    return found


def _mention(article: Article, start: int, end: int, head: Token) -> Mention:
    return Mention(Span(article.id, start, end), article.text[start:end], MentionKind.PERSON, head.i)


def _head(mention: Mention, doc: Doc) -> Token:
    return doc[mention.head or 0]


def _day(published: str | None) -> date | None:
    """A day of the month in which an article was published; `None` where that isn't known."""
    if not published:
        return None
    parts = [int(part) for part in published[:10].split("-")]
    year, month, day = (*parts, 7, 15)[:3] if len(parts) == 1 else (*parts, 15)[:3]
    return date(year, month, day)
