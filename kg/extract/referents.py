"""What a noun phrase stands for: the state behind a name, a force, an official, a place or a plan."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.actors import ActorTable, FormKind
from kg.extract.clauses import Clauses, conjuncts
from kg.extract.coreference import Discourse
from kg.extract.link import Link
from kg.extract.nodes import Node
from kg.lexicon import Lexicon
from kg.model import Actor, ActorKind

__all__ = ["ACTOR", "DEED", "PLACE", "POSSESSION", "Referent", "Referents"]

ACTOR, DEED, PLACE, POSSESSION = "actor", "deed", "place", "possession"
DEPTH = 4
ASIDE = frozenset({"acl", "advcl", "parataxis", "appos", "nsubj"})


@dataclass(frozen=True, slots=True)
class Referent:
    """A node, the actor it stands for and the code it acts for.

    `level` says whether the phrase acts itself, is its deed or a place, or only belongs to the state;
    `linked` is the node that names the actor.
    """

    node: Node
    linked: Node
    actor: Actor
    state: str
    level: str
    confidence: float
    link: Link | None


class Referents:
    """The referents of one sentence's phrases."""

    def __init__(
        self,
        clauses: Clauses,
        links: dict[int, list[Link]],
        lexicon: Lexicon,
        actors: ActorTable,
        discourse: Discourse,
    ) -> None:
        self.clauses = clauses
        self.links = links
        self.lexicon = lexicon
        self.actors = actors
        self.discourse = discourse
        self._resolving: set[int] = set()

    def of(self, node: Node) -> list[Referent]:
        """The referents of a phrase, one for each coordinated noun that stands for a state."""
        found: list[Referent] = []
        for member in conjuncts(node):
            found += [referent for referent in self.single(member) if referent not in found]
        return found

    def single(self, node: Node, depth: int = DEPTH - 1) -> list[Referent]:
        """The referents of one noun, its coordination left aside."""
        named = [self._named(node, link) for link in self.links.get(node.index, ())]
        found = [referent for referent in named if referent is not None]
        classes = self.lexicon.classes_of(node.lemma)
        if found and "counterpart" not in classes:
            return found
        if depth == 0:
            return []
        if "foreign" in classes and not self.links.get(node.index):
            return []
        level = _level(classes)
        found = [self._through(node, below, level) for below in self._owners(node, depth)]
        if not found or level == ACTOR:
            names = [below for child in node.only("appos", "flat") for below in self.single(child, depth - 1)]
            names = [below for below in names if below.level == ACTOR]
            if found:
                names = [name for name in names if name.state == found[0].state]
            if names:
                return [replace(name, node=node) for name in names]
        if found:
            return found
        if node.lower in self.lexicon.grammar.relatives:
            return self._antecedent(node, depth)
        if node.relation == "appos" and node.head is not None and node.pos == "NOUN":
            return [replace(above, node=node) for above in self.single(node.head, 0)]
        if node.feats.get("Strength") == "Weak" and not node.feats.get("Reflex"):
            taken_up = self._taken_up(node)
            if taken_up:
                return taken_up
        if node.lower in self.lexicon.pronouns:
            return self._pronoun(node)
        return self._both(node) if self.is_both(node) else []

    def _taken_up(self, node: Node) -> list[Referent]:
        """The object of the verb before, for a weak pronoun: "l-a felicitat pe X și l-a invitat"."""
        verb = node.head
        if verb is None or verb.relation != "conj" or verb.head is None or not verb.head.is_verbal:
            return []
        slots = self.clauses.clause(verb.head).slots
        objects = slots.get("obj") or slots.get("iobj") or []
        found = [one for other in objects for one in self.single(other)]
        return [replace(one, node=node, linked=node, link=None) for one in found if one.level == ACTOR]

    def is_both(self, node: Node) -> bool:
        """Whether a phrase takes up two states at once: "the two countries"."""
        if "both_sides" not in self.lexicon.classes_of(node.lemma):
            return False
        words = {child.lower for child in node.only("det", "nummod", "amod")}
        two = any(self.lexicon.numbers.words.get(word) == 2 for word in words)
        definite = bool(words & self.lexicon.classes_named("both_articles"))
        return bool(words & self.lexicon.classes_named("both_words")) or (two and definite)

    def _both(self, node: Node) -> list[Referent]:
        """The two states named before; none where the sentence has named more."""
        near = self._preceding(node, "any")
        far = [Referent(node, node, *pair, ACTOR, 0.7, None) for pair in self.discourse.candidates("any")]
        named = {one.state: one for one in reversed(near)}
        if len(named) > 2:
            return []
        for one in far if len(named) < 2 else ():
            if len(named) < 2:
                named.setdefault(one.state, one)
        return list(named.values()) if len(named) == 2 else []

    def _antecedent(self, node: Node, depth: int) -> list[Referent]:
        """What the noun before the relative clause stands for ("Algeria, whose ambassador …")."""
        for head in node.ancestors():
            if head.relation == "acl" and head.head is not None:
                return self.single(head.head, depth - 1)
        return []

    def _pronoun(self, node: Node) -> list[Referent]:
        if node.index in self._resolving:
            return []
        self._resolving.add(node.index)
        kind = self.lexicon.pronouns[node.lower]
        if kind == "nearest":
            self._resolving.discard(node.index)
            return self._preceding(node) + [
                Referent(node, node, actor, state, ACTOR, 0.7, None)
                for actor, state in self.discourse.candidates("person")
            ]
        governing = self._governing(node, kind)
        self._resolving.discard(node.index)
        if governing and node.relation == "nsubj" and node.head is not None and node.head.relation == "ccomp":
            return governing
        return (
            governing
            + [
                Referent(node, node, actor, state, ACTOR, 0.8, None)
                for actor, state in self.discourse.candidates(kind)
            ]
            + self._preceding(node, kind)
        )

    def _preceding(self, node: Node, kind: str = "person") -> list[Referent]:
        """The actors named before in the sentence, the nearest first."""
        before = [other for other in self.clauses.tree.nodes if other.index < node.index]
        return [
            Referent(node, node, link.actor, link.actor.state, ACTOR, 0.75, None)
            for other in reversed(before)
            for link in self.links.get(other.index, ())
            if link.actor is not None and link.actor.state and link.form is not FormKind.CITY
            if kind == "any" or (kind == "person") == (link.actor.kind is ActorKind.PERSON)
        ]

    def _governing(self, node: Node, kind: str) -> list[Referent]:
        """The subjects of the clauses above, which a pronoun takes up first ("China denied it had …")."""
        found: list[Referent] = []
        seen: set[int] = set()
        for head in node.ancestors():
            clause = self.clauses.clause(head) if head.is_verbal else None
            subject = None if clause is None or clause.passive else clause.subject
            if subject is None or subject.index >= node.index or subject.index in seen:
                continue
            seen.add(subject.index)
            for referent in self.single(subject):
                person = referent.actor.kind is ActorKind.PERSON or referent.node is not referent.linked
                if referent.level == ACTOR and (kind == "any" or person == (kind == "person")):
                    found.append(replace(referent, node=node, linked=node, link=None, confidence=0.85))
        return found

    def dropped(self, node: Node) -> list[Referent]:
        """The antecedents of a subject that the language leaves out."""
        return [
            Referent(node, node, actor, state, ACTOR, 0.7, None)
            for actor, state in self.discourse.candidates("any")
        ]

    def _named(self, node: Node, link: Link) -> Referent | None:
        actor = link.actor
        if actor is None or actor.state is None:
            return None
        level = PLACE if link.form is FormKind.CITY else ACTOR
        return Referent(node, node, actor, actor.state, level, link.confidence, link)

    def _through(self, node: Node, owner: Referent, level: str) -> Referent:
        if "quantity" in self.lexicon.classes_of(node.lemma):
            return replace(owner, node=node)
        kept = POSSESSION if owner.level == POSSESSION and level == ACTOR else level
        if node.pos == "PROPN" and owner.node is not owner.linked:
            kept = owner.level
        return replace(owner, node=node, level=kept, confidence=owner.confidence * 0.97)

    def _owners(self, node: Node, depth: int) -> list[Referent]:
        """The states that a noun belongs to: adjective, possessor, genitive, or "from"."""
        slots = self.clauses.phrase(node)
        if "polity" in self.lexicon.classes_of(node.lemma) and any(
            child.lemma in self.lexicon.cues.former for child in slots.get("amod", ())
        ):
            return []
        if any("ethnic" in self.lexicon.classes_of(word.lemma) for word in (node, *slots.get("amod", ()))):
            return []
        names = ["amod", "poss", "gen", "agent"]
        if "agent" in self.lexicon.classes_of(node.lemma):
            names += [f"obl:{m}" for m in self.lexicon.grammar.origin_markers]
        if "quantity" in self.lexicon.classes_of(node.lemma) or "place" in self.lexicon.classes_of(
            node.lemma
        ):
            names += [f"obl:{m}" for m in (*self.lexicon.roles["measure"], *self.lexicon.roles["location"])]
        if "counterpart" in self.lexicon.classes_of(node.lemma):
            names = ["amod"]
        elif "border" in self.lexicon.classes_of(node.lemma):
            names += [f"obl:{m}" for m in self.lexicon.roles["adjoining"]]
        for name in names:
            found = [
                referent
                for child in slots.get(name, ())
                for member in conjuncts(child)
                for referent in self.single(member, depth - 1)
            ]
            if found:
                return found
        return self._leaders(node, depth)

    def _leaders(self, node: Node, depth: int) -> list[Referent]:
        """Who leads a force that no state is named with: "a coalition led by the United States"."""
        leading = self.lexicon.classes_named("leading")
        agents = [
            agent
            for child in node.only("acl", "amod")
            if child.lemma in leading
            for agent in self.clauses.clause(child).slots.get("agent", ())
        ]
        return [referent for agent in agents for referent in self.single(agent, depth - 1)]

    def mentioned(self, node: Node) -> Iterator[Referent]:
        """The referents named within a phrase or clause, in text order; none of its places."""
        for below in sorted(self._within(node, DEPTH), key=lambda other: other.index):
            for link in self.links.get(below.index, ()):
                referent = self._named(below, link)
                if referent is not None and link.form is not FormKind.CITY:
                    yield referent

    def _within(self, node: Node, depth: int) -> Iterator[Node]:
        yield node
        if depth == 0:
            return
        for child in node.children:
            where = child.marker in self.lexicon.roles["location"] and (
                not node.is_verbal or bool(self.links.get(child.index))
            )
            if child.relation in ("acl", "amod") and child.is_verbal:
                for agent in self.clauses.clause(child).slots.get("agent", ()):
                    yield from self._within(agent, depth - 1)
                continue
            complement = child.relation == "advcl" and child.marker in self.lexicon.roles["complement"]
            beside = child.marker in self.lexicon.roles.get("aside", ())
            foreign = "foreign" in self.lexicon.classes_of(child.lemma) and not self.links.get(child.index)
            if (child.relation in ASIDE and not complement) or where or beside or foreign:
                continue
            yield from self._within(child, depth - 1)


def _level(classes: frozenset[str]) -> str:
    if "agent" in classes:
        return ACTOR
    if "attack" in classes:
        return DEED
    return PLACE if "place" in classes else POSSESSION
