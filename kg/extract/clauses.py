"""A predicate with its arguments: voice, control, relatives, coordination and light verbs undone."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.nodes import NOMINAL, Node, Tree
from kg.lexicon import Lexicon

__all__ = ["Clause", "Clauses", "conjuncts"]

ARGUMENTS = ("nsubj", "obj", "iobj", "agent")
Slots = dict[str, list[Node]]


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate and the nodes in its slots, each coordination given by its first node.

    `subject` is the grammatical subject; `nsubj` in `slots` is the logical one.
    """

    node: Node
    passive: bool
    slots: Slots
    subject: Node | None
    dropped: bool
    light: Node | None = None


def conjuncts(node: Node) -> Iterator[Node]:
    """The node and all that are coordinated with it, in text order."""
    yield node
    for child in node.only("conj"):
        yield from conjuncts(child)


class Clauses:
    """The clauses of one sentence, each built when it is first asked for."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.grammar = lexicon.grammar
        self._clauses: dict[int, Clause] = {}
        self._phrases: dict[int, Slots] = {}

    def clause(self, node: Node) -> Clause:
        """The clause of a verb, or of an adjective or noun with a copula."""
        found = self._clauses.get(node.index)
        if found is None:
            empty = Clause(node, False, {}, None, False)
            self._clauses[node.index] = empty
            found = self._clauses[node.index] = self._build(node)
        return found

    def phrase(self, node: Node) -> Slots:
        """What modifies a noun: `gen`, `poss`, `amod`, `agent`, `obl:…` and `ccomp`."""
        found = self._phrases.get(node.index)
        if found is None:
            found = self._phrases[node.index] = self._modifiers(node)
        return found

    def event(self, node: Node) -> Clause:
        """The clause of an event noun: its modifiers, and the arguments of its light verb."""
        slots = {name: list(nodes) for name, nodes in self.phrase(node).items()}
        verb = self._light_verb(node)
        subject = next(node.only("nsubj"), None) if any(node.only("cop")) else None
        if subject is not None:
            slots["nsubj"] = [self._antecedent(subject, node)]
        if verb is not None:
            governing = self.clause(verb)
            subject = governing.subject
            for name, nodes in governing.slots.items():
                if name == "nsubj" and verb.lemma in self.lexicon.cues.hosting:
                    slots["host"] = nodes
                    continue
                kept = [other for other in nodes if other is not node and node not in conjuncts(other)]
                slots.setdefault(name, []).extend(other for other in kept if other not in slots.get(name, []))
        for clause in self._relative_light(node):
            for name, nodes in clause.slots.items():
                others = [other for other in nodes if other is not node and other not in slots.get(name, [])]
                slots.setdefault(name, []).extend(others)
        return Clause(node, False, slots, subject, verb is not None and self.clause(verb).dropped, verb)

    def _relative_light(self, node: Node) -> Iterator[Clause]:
        """The light verbs that say more of an event noun: "ofensive care au fost lansate de …"."""
        for child in node.only("acl"):
            if not child.is_verbal or child.lemma not in self.lexicon.cues.light:
                continue
            clause = self.clause(child)
            if node in clause.slots.get("obj", ()):
                yield clause

    def _light_verb(self, node: Node) -> Node | None:
        first = node
        while first.relation == "conj" and first.head is not None:
            first = first.head
        while first.head is not None and "quantity" in self.lexicon.classes_of(first.head.lemma):
            if first.relation != "nmod":
                break
            first = first.head
        verb = first.head
        if verb is None or first.relation not in ("obj", "nsubj", "nsubj:pass", "obl", "xcomp", "iobj"):
            return None
        return verb if verb.lemma in self.lexicon.cues.light else None

    def _modifiers(self, node: Node) -> Slots:
        slots: Slots = {}
        for child in node.children:
            name = None
            owns = child.feats.get("Poss") and child.lower in self.lexicon.pronouns
            if child.relation == "nmod:poss" or (child.relation == "det" and owns):
                name = "poss"
            elif child.relation in ("amod", "compound", "flat"):
                name = "amod"
            elif child.relation == "nmod:agent" or child.marker in self.lexicon.roles["agent"]:
                name = "agent"
            elif child.relation in ("nmod", "obl", "iobj") and child.pos in NOMINAL:
                if not child.marker or child.marker in self.grammar.genitive_markers:
                    name = "gen"
                else:
                    name = f"obl:{child.marker}"
            elif child.relation in ("acl", "ccomp", "xcomp") and child.is_verbal:
                name = "ccomp"
            if name is not None:
                slots.setdefault(name, []).append(child)
            if name == "amod":
                slots["amod"] += [part for part in child.children if _is_compounded(part, child)]
        if "amod" in slots:
            slots["amod"].sort(key=lambda modifier: modifier.index)
        return slots

    def _build(self, node: Node) -> Clause:
        own = node.lemma in self.lexicon.classes_named("reflexive_verb") and any(node.only("expl:pass"))
        reflexive = (own or any(node.only("expl:pv"))) and not any(node.only("aux:pass"))
        passive = any(node.only("aux:pass", "nsubj:pass", "expl:pass", "csubj:pass")) and not reflexive
        slots: Slots = {}
        for child in node.children:
            name = self._slot(child, passive)
            if name is not None:
                slots.setdefault(name, []).append(child)
        for child in node.only("expl", "expl:poss"):
            name = "iobj" if child.feats.get("Case") == "Dat" else "obj"
            if child.lower in self.lexicon.pronouns and name not in slots:
                slots[name] = [child]
        surface = next(node.only("nsubj", "nsubj:pass"), None)
        dropped = False
        if surface is None:
            surface, dropped, as_object = self._inherited(node)
            passive = passive or as_object
        if surface is not None:
            surface = self._antecedent(surface, node)
            _place_subject(surface, passive, slots)
        if passive and "agent" in slots:
            slots["nsubj"] = slots["agent"]
        for name, nodes in slots.items():
            if name != "ccomp":
                resolved = [self._antecedent(other, node) for other in nodes]
                full = [other for other in resolved if other.feats.get("Strength") != "Weak"]
                slots[name] = full or resolved
        self._share_object(node, slots)
        return Clause(node, passive, slots, surface, dropped)

    def _slot(self, child: Node, passive: bool) -> str | None:
        """The slot of a verb's child; `None` for a subject and for what is no argument."""
        relation, roles = child.relation, self.lexicon.roles
        if relation in ("obj", "iobj"):
            return relation
        if relation == "obl:agent" or (passive and child.marker in roles["agent"]):
            return "agent"
        if relation in ("obl", "nmod") and child.pos in NOMINAL | {"ADJ", "ADV"}:
            return f"obl:{child.marker}"
        if relation == "advmod" and child.lower in self.grammar.relatives:
            return f"obl:{roles['location'][0]}"
        if relation == "xcomp" and child.pos in NOMINAL and not any(child.only("cop", "mark")):
            return None
        if relation in ("ccomp", "xcomp", "csubj"):
            return "ccomp"
        if relation == "advcl":
            return "ccomp" if child.marker in roles["complement"] else "advcl"
        return None

    def _share_object(self, node: Node, slots: Slots) -> None:
        """Gives "reject and condemn the plan" its plan twice."""
        if "obj" in slots or not node.is_verbal:
            return
        for child in node.only("conj"):
            if child.is_verbal and child.index - node.index <= 3 and not any(child.only("nsubj")):
                slots["obj"] = list(child.only("obj"))
                if not slots["obj"]:
                    del slots["obj"]

    def _inherited(self, node: Node) -> tuple[Node | None, bool, bool]:
        """The subject taken from elsewhere, whether it is dropped, and whether it is the logical object."""
        head = node.head
        form = node.feats.get("VerbForm", "")
        finite = form == "Fin" or any(child.feats.get("VerbForm") == "Fin" for child in node.only("aux"))
        if head is None:
            return None, self.grammar.drops_subjects, False
        relation = node.relation
        if relation == "conj":
            return self.clause(head).subject if head.pos not in NOMINAL else None, False, False
        if relation in ("acl", "amod"):
            return self._modified(node, head)
        if relation in ("xcomp", "ccomp", "advcl", "csubj") and head.pos not in NOMINAL:
            governing = self.clause(head)
            subjunctive = node.feats.get("Mood") == "Sub" or form in ("Inf", "Ger", "Part") or not finite
            complement = relation in ("xcomp", "ccomp") or node.marker in self.lexicon.roles["complement"]
            if complement and head.lemma in self.lexicon.classes_named("control"):
                for name in ("iobj", "obj", *(f"obl:{m}" for m in self.lexicon.roles["controller"])):
                    if governing.slots.get(name):
                        return governing.slots[name][0], False, False
            if (
                relation == "advcl"
                and governing.slots.get("iobj")
                and node.marker in self.lexicon.cues.purposes
            ):
                return governing.slots["iobj"][0], False, False
            if subjunctive or self.grammar.drops_subjects:
                return governing.subject, governing.dropped, False
        if relation in ("parataxis", "root"):
            return None, self.grammar.drops_subjects and finite, False
        return None, False, False

    def _modified(self, node: Node, head: Node) -> tuple[Node | None, bool, bool]:
        """The noun that a participle, a relative clause or an infinitive modifies, as its argument."""
        feats = node.feats
        relative = any(child.lower in self.grammar.relatives for child in node.subtree())
        if relative:
            governing = head.head if self.grammar.drops_subjects else None
            subject = (
                self.clause(governing).subject if governing is not None and governing.is_verbal else None
            )
            return (subject if subject is not head else None), False, False
        finite = any(node.only("aux")) or feats.get("VerbForm") == "Fin"
        if finite:
            return None, False, False
        if feats.get("VerbForm") == "Part" and feats.get("Tense") != "Pres":
            return head, False, node.lemma not in self.lexicon.classes_named("intransitive")
        if feats.get("VerbForm") == "Ger" or feats.get("Tense") == "Pres":
            return head, False, False
        modifiers = self.phrase(head)
        for name in ("poss", "gen", "amod"):
            if modifiers.get(name):
                return modifiers[name][0], False, False
        if head.head is not None and head.head.pos not in NOMINAL:
            return self.clause(head.head).subject, False, False
        return None, False, False

    def _antecedent(self, node: Node, predicate: Node) -> Node:
        """The noun before the relative clause, for its relative pronoun."""
        if node.lower not in self.grammar.relatives:
            return node
        clause: Node | None = predicate
        while clause is not None and clause.relation in ("conj", "ccomp", "xcomp"):
            clause = clause.head
        if clause is not None and clause.relation == "acl" and clause.head is not None:
            return clause.head
        return node


def _place_subject(surface: Node, passive: bool, slots: Slots) -> None:
    """Puts the grammatical subject into its logical slot ("Kyiv was given tanks": the receiver)."""
    if not passive:
        slots["nsubj"] = [surface]
    elif "obj" in slots:
        slots.setdefault("iobj", []).insert(0, surface)
    else:
        slots["obj"] = [surface]


def _is_compounded(part: Node, whole: Node) -> bool:
    """Whether a word is the first half of a compound: "Thai-Cambodian"."""
    return part.end + 1 == whole.start and part.pos in ("ADJ", "NOUN", "PROPN") and part.relation != "conj"
