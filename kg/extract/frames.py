"""From a predicate with its arguments to a relation with its roles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from kg.extract.clauses import Clause, Clauses, conjuncts
from kg.extract.factuality import is_negated
from kg.extract.kinds import Kinds
from kg.extract.nodes import NOMINAL, Node
from kg.extract.referents import ACTOR, DEED, Referent, Referents
from kg.lexicon import Frame, Lexicon

__all__ = ["Filler", "Match", "Matcher"]

FIGHTING = frozenset({"attack", "hostility"})
WILDCARD, COMPLEMENT, AMONG, ABOVE = 0.8, 0.85, 0.9, 0.8
APART = frozenset({"acl", "appos", "parataxis"})
MUTUAL = frozenset({"nsubj", "agent", "gen", "amod", "poss"})
LARGEST = 4


@dataclass(frozen=True, slots=True)
class Filler:
    """A referent in a slot, and how far the slot's path can be trusted."""

    referent: Referent
    slot: str
    trust: float


@dataclass(frozen=True, slots=True)
class Match:
    """A frame whose source and target are filled by the arguments of a clause."""

    frame: Frame
    clause: Clause
    source: Filler
    target: Filler
    themes: tuple[Node, ...]
    complements: tuple[Node, ...]


class Matcher:
    """Fits the frames of a language to the clauses of one sentence."""

    def __init__(self, clauses: Clauses, referents: Referents, lexicon: Lexicon) -> None:
        self.clauses = clauses
        self.referents = referents
        self.lexicon = lexicon
        self.kinds = Kinds(clauses, referents, lexicon)

    def matches(self, node: Node) -> list[Match]:
        """The matches of the first frame that fits the predicate `node`; empty where none does."""
        if node.lemma not in self.lexicon.predicates:
            return []
        pos = "verb" if node.is_verbal else "noun" if node.pos in NOMINAL else "adjective"
        phrasal = [f"{node.lemma} {particle.lower}" for particle in node.only("compound:prt")]
        fixed = sorted((p for part in node.only("fixed") for p in part.subtree()), key=lambda p: p.index)
        phrasal.append(" ".join((node.lemma, *(part.lower for part in fixed))))
        named = (self.lexicon.frames.get((pos, lemma), ()) for lemma in (*phrasal, node.lemma))
        frames = next(filter(None, named), ())
        if not frames and pos == "adjective" and node.feats.get("VerbForm") == "Part":
            frames = self.lexicon.frames.get(("verb", node.lemma), ())
        adverbial = pos == "noun" and bool(node.marker) and any(node.only("cop"))
        if not frames or adverbial or self._is_figurative(node):
            return []
        clause = self.clauses.event(node) if pos == "noun" else self.clauses.clause(node)
        negated = is_negated(node, self.lexicon)
        for frame in frames:
            found = self._fit(frame, clause, negated)
            if found:
                return found
        return []

    def _is_figurative(self, node: Node) -> bool:
        """Whether a word of fighting is meant otherwise: "trade war", "atac verbal"."""
        if not self.lexicon.classes_of(node.lemma) & FIGHTING:
            return False
        return any(child.lemma in self.lexicon.cues.figurative for child in node.only("amod", "compound"))

    def _fit(self, frame: Frame, clause: Clause, negated: bool) -> list[Match]:
        if (frame.polarity == "negative" and not negated) or (frame.polarity == "positive" and negated):
            return []
        governor = clause.node.head
        if governor is not None and self.lexicon.classes_of(governor.lemma) & set(frame.governor_excludes):
            return []
        complements = tuple(clause.slots.get("ccomp", ()))
        if frame.complement_modals and not any(self._obliges(node) for node in complements):
            return []
        themes = [node for path in frame.theme for node in self._nodes(path, clause)]
        if frame.theme_types and not any(self.kinds.is_of(node, frame.theme_types) for node in themes):
            return []
        if any(clause.slots.get(name) for name in frame.absent):
            return []
        sources = [node for path in frame.source for node in self._nodes(path, clause)]
        if frame.source_types and not any(self.kinds.is_of(node, frame.source_types) for node in sources):
            return []
        if frame.source_excludes and any(self.kinds.is_of(node, frame.source_excludes) for node in sources):
            return []
        if frame.theme_excludes and any(self.kinds.is_of(node, frame.theme_excludes) for node in themes):
            return []
        pairs = self._parties(frame, clause) if frame.parties else self._directed(frame, clause)
        return [
            Match(frame, clause, source, target, tuple(themes), complements)
            for source, target in pairs
            if source.referent.state != target.referent.state
            and self._are_apart(source.referent, target.referent)
        ]

    def _are_apart(self, source: Referent, target: Referent) -> bool:
        """Whether two referents are two parties, not two readings of one pronoun."""
        return (
            source.node is not target.node or source.link is not None or self.referents.is_both(source.linked)
        )

    def _directed(self, frame: Frame, clause: Clause) -> list[tuple[Filler, Filler]]:
        sources = self._fill(frame.source, clause, frozenset())
        if not sources:
            return []
        taken = frozenset(filler.referent.state for filler in sources)
        targets = self._fill(frame.target, clause, taken)
        if not targets and len(sources) > 1 and self._is_reciprocal(clause):
            return list(permutations(sources, 2))
        return [(source, target) for source in sources for target in targets]

    def _is_reciprocal(self, clause: Clause) -> bool:
        """Whether they do it to "each other"."""
        words = self.lexicon.grammar.reciprocals
        return any(child.lower in words for child in clause.node.only("obj", "advmod", "obl"))

    def _parties(self, frame: Frame, clause: Clause) -> list[tuple[Filler, Filler]]:
        """The two sides: the parties in two slots, or those of one slot among themselves."""
        groups: list[list[Filler]] = []
        taken: frozenset[str] = frozenset()
        for path in frame.parties:
            group = [f for f in self._fill((path,), clause, taken) if f.referent.level != DEED]
            if not group:
                continue
            paired = path.rpartition(".")[2].removeprefix("obl:") in self.lexicon.grammar.pair_markers
            if len(group) > 1 and paired:
                sides = any(any(node.only("conj")) for node in self._nodes(path, clause))
                return [
                    (first, second)
                    for first, second in combinations(_closed(group), 2)
                    if first.referent.node is not second.referent.node or not sides
                ]
            groups.append(group)
            taken |= {filler.referent.state for filler in group}
            if len(groups) == 2:
                return [(source, target) for source in groups[0] for target in groups[1]]
        if groups and clause.node.pos in NOMINAL and groups[0][0].slot in self._company:
            sources = self._subject_above(clause.node, taken)
            return [(source, target) for source in sources for target in groups[0]]
        if not groups or not self._is_mutual(groups[0], clause):
            return []
        within = [replace(filler, trust=filler.trust * AMONG) for filler in groups[0]]
        return list(combinations(within, 2))

    @property
    def _company(self) -> tuple[str, ...]:
        return tuple(f"obl:{marker}" for marker in self.lexicon.roles["company"])

    def _subject_above(self, node: Node, taken: frozenset[str]) -> list[Filler]:
        """The subject of the nearest verb: "after talks with Iran, Iraq said …" are talks of Iraq's."""
        below = node
        for head in node.ancestors():
            if below.relation in APART:
                return []
            if head.is_verbal:
                break
            below = head
        else:
            return []
        verb = head
        found = self._fill(("nsubj",), self.clauses.clause(verb), taken)
        return [replace(filler, trust=ABOVE) for filler in found]

    def _is_mutual(self, group: list[Filler], clause: Clause) -> bool:
        """Whether the parties of one slot deal with one another, not each with somebody else."""
        if group[0].slot not in MUTUAL or len(group) > LARGEST:
            return False
        inherited = clause.subject is not None and clause.subject.relation in ("iobj", "obj", "obl")
        somebody = any(
            node.pos == "PROPN" and not self.referents.single(node) for node in clause.slots.get("obj", ())
        )
        return not (group[0].slot == "nsubj" and (inherited or somebody))

    def _fill(self, paths: Iterable[str], clause: Clause, taken: frozenset[str]) -> list[Filler]:
        """The fillers of the first path that has any beside the states in `taken`."""
        for path in paths:
            if self._names_others(path, clause, taken):
                return []
            trust = (WILDCARD if path.endswith("*") else 1.0) * (COMPLEMENT if "comp." in path else 1.0)
            acting = path.endswith("nsubj") or path == "agent"
            found: dict[str, Filler] = {}
            for referent in self._referents(path, clause, taken):
                if (acting and referent.level not in (ACTOR, DEED)) or referent.state in taken:
                    continue
                found.setdefault(referent.state, Filler(referent, path, trust))
            if found:
                return list(found.values())
        return []

    def _names_others(self, path: str, clause: Clause, taken: frozenset[str]) -> bool:
        """Whether a slot is filled by people or bodies of no state: then nobody else is meant.

        So is nobody else addressed where they are the source's own people, or the source itself.
        """
        if path not in ("iobj", "obj"):
            return False
        for node in clause.slots.get(path, ()):
            states = {referent.state for referent in self.referents.single(node)}
            acts = node.pos == "NOUN" and "agent" in self.lexicon.classes_of(node.lemma)
            if (acts and not states) or (path == "iobj" and states and states <= taken):
                return True
        return False

    def _referents(self, path: str, clause: Clause, taken: frozenset[str]) -> Iterator[Referent]:
        if path.endswith(".*"):
            for node in self._nodes(path[:-2], clause):
                for referent in self.referents.mentioned(node):
                    if referent.state not in taken:
                        yield from self._coordinated(referent)
                        return
            return
        for node in self._nodes(path, clause):
            for member in conjuncts(node):
                if member.relation == "conj" and self._is_left_out(member, clause):
                    continue
                found = self.referents.single(member)
                if found and found[0].link is None and not self.referents.is_both(found[0].linked):
                    free = [referent for referent in found if referent.state not in taken]
                    yield from free[:1]
                else:
                    yield from found
                yield from self._listed(member, found)
        if path == "nsubj" and clause.dropped and not clause.slots.get("nsubj"):
            yield from self.referents.dropped(clause.node)

    def _listed(self, member: Node, found: list[Referent]) -> Iterator[Referent]:
        """The officials of other states that a list goes on with, read as appositions of its first."""
        if found and any(member.only("conj")):
            for child in member.only("appos"):
                others = self.referents.single(child) if child.pos == "NOUN" else []
                yield from (one for one in others if one.level == ACTOR and one.state != found[0].state)

    def _is_left_out(self, member: Node, clause: Clause) -> bool:
        """Whether a conjunct is denied where its predicate is not: "Egypt, but not Sudan"."""
        words = self.lexicon.grammar.negations
        denied = any(child.lower in words for child in member.only("advmod", "cc", "det"))
        return denied and not is_negated(clause.node, self.lexicon)

    def _coordinated(self, referent: Referent) -> Iterator[Referent]:
        """The referent, and those of the nouns coordinated with it or with the noun that it modifies."""
        yield referent
        node = referent.linked
        while node.relation in ("amod", "compound", "nmod:poss") and node.head is not None:
            node = node.head
        for member in conjuncts(node):
            if member is not referent.linked:
                yield from self.referents.single(member)

    def _nodes(self, path: str, clause: Clause) -> list[Node]:
        name, _, rest = path.partition(".")
        nodes = list(clause.slots.get(name, ()))
        if name.startswith("obl:"):
            for slot in ("obj", "gen", "agent") if not nodes else ():
                for holder in clause.slots.get(slot, ()):
                    for member in conjuncts(holder):
                        nodes += self._attached(member, name)
        if not rest or not nodes:
            return nodes
        below: list[Node] = []
        for node in nodes:
            inner = node
            if name in ("ccomp", "advcl") or node.is_verbal:
                below += self._nodes(rest, self.clauses.clause(inner))
            else:
                below += self._nodes(rest, Clause(inner, False, self.clauses.phrase(inner), None, False))
        return below

    def _attached(self, holder: Node, name: str) -> list[Node]:
        """What hangs on a noun, or on what the noun counts ("most of its gas from …")."""
        phrase = self.clauses.phrase(holder)
        found = list(phrase.get(name, ()))
        for measured in phrase.get("gen", ()) if not found else ():
            found += self.clauses.phrase(measured).get(name, ())
        return found

    def _obliges(self, node: Node) -> bool:
        cues = self.lexicon.cues
        needed = node.lemma in cues.duty and any(node.only("xcomp", "ccomp", "csubj"))
        subject = next(node.only("nsubj", "nsubj:pass"), node)
        return needed or any(
            child.lemma in cues.obligation and child.index > min(subject.index, node.index)
            for child in node.only("aux")
        )


def _closed(group: list[Filler]) -> list[Filler]:
    """The coordination up to its last conjunct: in "between A and B, C" the third is another topic."""
    for position, filler in enumerate(group):
        if any(filler.referent.node.only("cc")):
            return group[: position + 1]
    return group
