"""The words of a match: mentions with their spans, arguments with roles, and the triples as told."""

from collections.abc import Iterable
from itertools import pairwise

from kg.actors import ActorTable, read_offices
from kg.extract.clauses import Clause, conjuncts
from kg.extract.frames import Filler, Match
from kg.extract.link import Link
from kg.extract.nodes import Node, Tree
from kg.extract.quantity import find_quantity
from kg.extract.time import read_published
from kg.lexicon import Lexicon
from kg.model import Actor, ActorKind, Argument, Article, Evidence, Mention, MentionKind, Role, Span, Triple

__all__ = ["Phrases"]

LEFT_OUT = frozenset(
    {"acl", "appos", "punct", "conj", "cc", "advcl", "parataxis", "ccomp", "dep", "cop", "nsubj"}
)
# A noun in one of these roles is a place, by its name or by one of these classes.
PLACED = frozenset({Role.LOCATION, Role.ORIGIN, Role.DESTINATION})
PLACES = frozenset({"place", "territory", "border", "mission", "meeting_place", "talks"})
PREDICATE_PARTS = frozenset({"aux", "aux:pass", "cop", "expl", "expl:pv", "expl:pass", "compound:prt"})


class Phrases:
    """The mentions and arguments of one article's matches."""

    def __init__(
        self, article: Article, lexicon: Lexicon, links: dict[int, list[Link]], actors: ActorTable
    ) -> None:
        self.article = article
        self.lexicon = lexicon
        self.links = links
        self.actors = actors
        self.published = read_published(article.published)

    def evidence(self, tree: Tree) -> Evidence:
        """The sentence, without the white space around it."""
        quote = self.article.text[tree.start : tree.end]
        start = tree.start + len(quote) - len(quote.lstrip())
        return Evidence(Span(self.article.id, start, start + len(quote.strip())), quote.strip(), tree.number)

    def mention(self, node: Node, apart: frozenset[int] = frozenset()) -> Mention:
        """The noun phrase of a node, without its preposition, clauses and appositions.

        What a preposition adds is left out where it holds one of the nodes `apart`: a theme isn't its giver.
        """
        for link in self.links.get(node.index, ()):
            return link.mention
        nodes = sorted(self._phrase(node, apart), key=lambda part: part.index)
        joined = [part for part in nodes if part.index >= nodes[0].index]
        kind = MentionKind.PRONOUN if node.pos == "PRON" else MentionKind.NOMINAL
        return self._spanning(joined, node, kind)

    def predicate(self, clause: Clause) -> tuple[str, str, Span]:
        """The words of the predicate, its lemma and its span, its light verb included."""
        node = clause.node
        parts = [node, *node.only(*PREDICATE_PARTS), *self._particles(node)]
        if clause.light is not None:
            parts += [clause.light, *clause.light.only(*PREDICATE_PARTS)]
        elif node.is_verbal and node.relation in ("ccomp", "xcomp"):
            governing = [head for head in (node.head,) if head and head.lemma in self.lexicon.cues.plan]
            parts += [part for head in governing if head.is_verbal for part in (head, *head.only("aux"))]
        parts = sorted({part.index: part for part in parts}.values(), key=lambda part: part.index)
        text = _joined(parts)
        span = Span(self.article.id, parts[0].start, max(part.end for part in parts))
        return text, node.lemma, span

    def _particles(self, node: Node) -> list[Node]:
        """Words of negation, and the "să" or "to" before the verb."""
        negations = self.lexicon.grammar.negations
        return [child for child in node.children if child.lower in negations or child.pos == "PART"]

    def arguments(self, match: Match) -> tuple[Argument, ...]:
        """The subject and object of the relation, then themes and what else hangs on the predicate."""
        ends = frozenset((match.source.referent.node.index, match.target.referent.node.index))
        used = set(ends)
        arguments = [
            self._participant(Role.SUBJECT, match.source),
            self._participant(Role.OBJECT, match.target),
        ]
        for theme in match.themes:
            for node in (theme, *theme.only("conj")):
                if node.index not in used and not node.is_verbal and node.index not in self.links:
                    used.add(node.index)
                    arguments.append(self._thing(Role.THEME, node, ends))
        for name, nodes in match.clause.slots.items():
            marker = name.removeprefix("obl:")
            role = self._role(marker) if name.startswith("obl:") else None
            for node in nodes:
                if role is not None and node.index not in used and self._can_be(role, node):
                    used.add(node.index)
                    arguments.append(self._thing(role, node, ends))
        return tuple(arguments)

    def told(self, match: Match) -> tuple[Triple, ...]:
        """The fact in the order of its words: subject – predicate → object – preposition → the rest."""
        clause = match.clause
        text = self.predicate(clause)[0]
        subject = clause.subject
        objects = clause.slots.get("obj", []) if not clause.passive else []
        ends = [match.source.referent.node, match.target.referent.node]
        if subject is None:
            return (Triple(self.mention(ends[0]), text, self.mention(ends[1])),)
        subjects = set(map(id, conjuncts(subject)))
        first = self.mention(next((end for end in ends if id(end) in subjects), subject))
        if not objects:
            others = [node for node in ends if id(node) not in subjects]
            marked = [(node, " ".join(filter(None, (text, node.marker)))) for node in others[:1]]
            if not marked:
                return (Triple(self.mention(ends[0]), text, self.mention(ends[1])),)
            return tuple(Triple(first, link, self.mention(node)) for node, link in marked)
        middle = self.mention(objects[0], frozenset(end.index for end in ends))
        steps = [Triple(first, text, middle)]
        steps += [
            Triple(middle, node.marker, self.mention(node))
            for node in ends
            if id(node) not in subjects and node is not objects[0] and node.marker
        ]
        return tuple(steps)

    def _participant(self, role: Role, filler: Filler) -> Argument:
        referent = filler.referent
        node = referent.node
        if node.is_verbal:
            node = referent.linked
        named = referent.link.mention if referent.link and node is referent.linked else self.mention(node)
        actor = self._holder(node, referent.actor) or referent.actor
        return Argument(role, named, actor, marker=node.marker or None)

    def _holder(self, node: Node, actor: Actor) -> Actor | None:
        """Who held the office that a phrase names on the article's day: "the Russian president".

        `None` without that day, for no office, and where the table has nobody or several.
        """
        if self.published is None or actor.kind is ActorKind.PERSON or self.links.get(node.index):
            return None
        words = " ".join(part.lemma for part in sorted(self._phrase(node), key=lambda part: part.index))
        held = {
            person.id: person
            for office in read_offices(words, self.lexicon.code)
            for person in self.actors.holders(actor.id, office, self.published)
        }
        return next(iter(held.values())) if len(held) == 1 else None

    def _thing(self, role: Role, node: Node, apart: frozenset[int]) -> Argument:
        mention = self.mention(node, apart)
        parts = sorted(self._phrase(node, apart), key=lambda part: part.index)
        found = find_quantity([part.lower for part in parts], self.lexicon.numbers)
        quantity, unit = (found[0], self._unit(parts[found[1] :]) or node.lemma) if found else (None, None)
        actor = next((link.actor for link in self.links.get(node.index, ())), None)
        return Argument(role, mention, actor, quantity, unit, node.marker or None)

    def _role(self, marker: str) -> Role | None:
        for role in (Role.LOCATION, Role.ORIGIN, Role.DESTINATION, Role.PURPOSE, Role.INSTRUMENT):
            if marker in self.lexicon.roles.get(role.value, ()):
                return role
        return None

    def _unit(self, after: list[Node]) -> str | None:
        """What a number counts: the first noun after it."""
        return next((part.lemma for part in after if part.pos in ("NOUN", "PROPN")), None)

    def _can_be(self, role: Role, node: Node) -> bool:
        """Whether a word can have the role: "in Geneva" is a place, "in May" and "in turn" are not."""
        if self._is_date(node):
            return False
        named = node.pos == "PROPN" or node.index in self.links
        return role not in PLACED or named or bool(self.lexicon.classes_of(node.lemma) & PLACES)

    def _is_date(self, node: Node) -> bool:
        words = self.lexicon.time
        tables = (words.months, words.weekdays, words.units, words.days, words.parts)
        return any(node.lower in table for table in tables) or node.text.isdigit()

    def _phrase(self, node: Node, apart: frozenset[int] = frozenset()) -> list[Node]:
        own_markers = {child.index for child in node.only("case", "mark")}
        parts = [node]
        for child in node.children:
            below = list(child.subtree())
            marked = bool(child.marker) and child.marker not in self.lexicon.grammar.genitive_markers
            if child.relation in LEFT_OUT or child.index in own_markers:
                continue
            if marked and any(part.index in apart for part in below):
                continue
            parts += below
        return parts

    def _spanning(self, nodes: Iterable[Node], head: Node, kind: MentionKind) -> Mention:
        parts = list(nodes)
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        span = Span(self.article.id, start, end)
        return Mention(span, span.of(self.article.text), kind, head.index)


def _joined(parts: list[Node]) -> str:
    """The words of nodes in text order, with a space only where the text has one or words are left out."""
    words = [parts[0].text]
    for before, part in pairwise(parts):
        words.append(part.text if before.end == part.start else f" {part.text}")
    return "".join(words)
