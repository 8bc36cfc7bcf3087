"""What kind of thing a noun is: weapons, money, an official, a state."""

from collections.abc import Iterable

from kg.actors import FormKind
from kg.extract.clauses import Clauses, conjuncts
from kg.extract.nodes import Node
from kg.extract.referents import ACTOR, Referents
from kg.lexicon import Lexicon
from kg.model import ActorKind

__all__ = ["Kinds"]

QUALITIES = frozenset({"military_quality", "humanitarian_quality", "economic_quality"})


class Kinds:
    """The semantic classes of one sentence's nouns."""

    def __init__(self, clauses: Clauses, referents: Referents, lexicon: Lexicon) -> None:
        self.clauses = clauses
        self.referents = referents
        self.lexicon = lexicon

    def is_of(self, node: Node, types: Iterable[str]) -> bool:
        """Whether a noun, what it counts or what names its kind is of one of the classes."""
        wanted = frozenset(types)
        for member in conjuncts(node):
            classes = self.lexicon.classes_of(member.lemma)
            if classes & wanted or ("agent" in wanted and self._is_person(member)):
                return True
            if "polity" in wanted and self._is_state(member):
                return True
            if "civilian" in wanted and self._is_inhabitant(member):
                return True
            phrase = self.clauses.phrase(member)
            if any(self._kinds(child) & wanted for child in phrase.get("amod", ())):
                return True
            if "quantity" in classes or member.pos == "NUM":
                measured = [*phrase.get("gen", ()), *(c for m in self.measures for c in phrase.get(m, ()))]
                if any(self.is_of(child, types) for child in measured):
                    return True
        return False

    def _is_person(self, node: Node) -> bool:
        people = (one for one in self.referents.single(node) if one.level == ACTOR)
        return self._is_inhabitant(node) or any(one.actor.kind is ActorKind.PERSON for one in people)

    def _is_inhabitant(self, node: Node) -> bool:
        """Whether a noun names people by their state: "the Romanians"."""
        return any(
            one.level == ACTOR and one.link is not None and one.link.form is FormKind.INHABITANT
            for one in self.referents.single(node)
        )

    def _is_state(self, node: Node) -> bool:
        """Whether a noun is the name of a state."""
        return any(
            one.link is not None and one.link.form is FormKind.NAME and one.node is one.linked
            for one in self.referents.single(node)
        )

    def _kinds(self, modifier: Node) -> frozenset[str]:
        """The classes of a modifier; an adjective has only qualities ("asistență militară")."""
        classes = self.lexicon.classes_of(modifier.lemma)
        return classes & QUALITIES if modifier.pos == "ADJ" else classes

    @property
    def measures(self) -> tuple[str, ...]:
        """The slots in which a counted noun stands ("mii de soldați")."""
        return tuple(f"obl:{marker}" for marker in self.lexicon.roles["measure"])
