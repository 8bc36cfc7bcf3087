"""A sentence as a tree of Universal Dependencies, whatever labels its pipeline uses."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc
from spacy.tokens import Span as SentenceSpan

from kg.lexicon import Grammar, Lexicon, TimeWords

__all__ = ["Node", "Tree", "build_tree"]

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
VERBAL = frozenset({"VERB", "AUX"})
VERB_ARGUMENTS = frozenset({"obj", "nsubj", "nsubj:pass", "obl"})
KEPT_SUBTYPES = frozenset({"pass", "agent", "poss", "pv", "impers", "prt"})


@dataclass(slots=True, eq=False)
class Node:
    """A word in its tree: `index` counts in the Doc, `start` and `end` in its text."""

    index: int
    text: str
    lower: str
    lemma: str
    pos: str
    feats: dict[str, str]
    start: int
    end: int
    relation: str = ""
    head: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)
    marker: str = ""

    def only(self, *relations: str) -> "Iterator[Node]":
        """The children with one of `relations`, subtypes apart."""
        return (child for child in self.children if child.relation in relations)

    @property
    def is_verbal(self) -> bool:
        """Whether the word is a verb, participles used as such included."""
        return self.pos in VERBAL

    def subtree(self) -> "Iterator[Node]":
        """The word and all below it, in no set order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.children)

    def ancestors(self) -> "Iterator[Node]":
        """The heads above, nearest first."""
        node = self.head
        while node is not None:
            yield node
            node = node.head


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes of a sentence in text order, and its number in the article, from 0."""

    nodes: tuple[Node, ...]
    number: int
    start: int
    end: int

    @property
    def roots(self) -> tuple[Node, ...]:
        """The nodes without a head."""
        return tuple(node for node in self.nodes if node.head is None)


def build_tree(sentence: SentenceSpan, number: int, lexicon: Lexicon) -> Tree:
    """The sentence's tree, with the pipeline's own labels and heads turned into UD's."""
    grammar = lexicon.grammar
    nodes = [
        Node(
            token.i,
            token.text,
            token.lower_,
            lexicon.lemma(token.lower_, token.lemma_.lower()),
            token.pos_,
            token.morph.to_dict(),
            token.idx,
            token.idx + len(token),
            _universal(token.dep_, grammar),
        )
        for token in sentence
    ]
    offset = sentence.start
    for node, token in zip(nodes, sentence, strict=True):
        if token.head.i != token.i and 0 <= token.head.i - offset < len(nodes):
            _attach(node, nodes[token.head.i - offset])
    if grammar.function_heads:
        _raise_complements(nodes, grammar)
    _lower_conjunctions(nodes)
    _set_markers(nodes, grammar)
    _join_prepositions(nodes, grammar)
    _raise_counted(nodes, grammar)
    _repair_lists(nodes)
    _repair_labels(nodes, grammar, lexicon.time)
    _repair_reports(nodes, lexicon.cues.report)
    return Tree(tuple(nodes), number, sentence.start_char, sentence.end_char)


def _universal(label: str, grammar: Grammar) -> str:
    """The UD relation of a pipeline's label; of the subtypes only those that change an argument stay."""
    relation = grammar.labels.get(label, label)
    base, _, subtype = relation.partition(":")
    return relation if subtype in KEPT_SUBTYPES else base


def _attach(node: Node, head: Node | None) -> None:
    if node.head is not None:
        node.head.children.remove(node)
    node.head = head
    if head is not None:
        head.children.append(node)
        head.children.sort(key=lambda child: child.index)


def _replace(old: Node, new: Node) -> None:
    """Puts `new` into the place of `old`, which becomes its child with all that hung on it."""
    _attach(new, old.head)
    for child in list(old.children):
        if child is not new:
            _attach(child, new)
    _attach(old, new)


def _raise_complements(nodes: list[Node], grammar: Grammar) -> None:
    """Content words above function words: prepositions under their nouns, copulas under predicates."""
    for node in nodes:
        label = grammar.function_heads.get(node.relation)
        if label is None:
            continue
        complement = next(node.only("pobj", "pcomp"), None)
        if complement is None:
            node.relation = "obl:prt" if label != "iobj" else "iobj"
            continue
        head = node.head
        _replace(node, complement)
        if complement.relation == "pcomp":
            complement.relation = "advcl"
        elif label == "iobj":
            complement.relation = "obl"
        elif label == "obl" and head is not None and head.pos in NOMINAL:
            complement.relation = "nmod"
        else:
            complement.relation = label
        node.relation = "case"
    for node in nodes:
        if node.lemma in grammar.copulas:
            predicate = next(node.only("attr", "acomp"), None)
            if predicate is not None:
                relation = node.relation
                _replace(node, predicate)
                predicate.relation, node.relation = relation, "cop"


def _lower_conjunctions(nodes: list[Node]) -> None:
    """Hangs "and" on the conjunct that it introduces."""
    for node in nodes:
        if node.relation == "cc" and node.head is not None:
            after = [child for child in node.head.only("conj") if child.index > node.index]
            if after:
                _attach(node, after[0])


def _set_markers(nodes: list[Node], grammar: Grammar) -> None:
    for node in nodes:
        words: list[str] = []
        for child in node.children:
            if child.relation in ("case", "mark") and child.lower not in grammar.possessives:
                words.append(child.lower)
                words += [part.lower for part in child.only("fixed", "case")]
        if words:
            node.marker = grammar.contractions.get(" ".join(words), " ".join(words))


def _join_prepositions(nodes: list[Node], grammar: Grammar) -> None:
    """Gives "din partea lui Putin", "on behalf of Serbia" the noun at the end as their head."""
    for node in nodes:
        if node.lower not in grammar.preposition_nouns or not node.marker:
            continue
        for child in list(node.children):
            if child.relation not in ("nmod", "obl", "nmod:poss"):
                continue
            phrase = " ".join(filter(None, (node.marker, node.lower, child.marker)))
            if phrase in grammar.prepositions:
                relation = node.relation
                _replace(node, child)
                child.relation, child.marker = relation, phrase
                node.relation = "case"
                break


def _raise_counted(nodes: list[Node], grammar: Grammar) -> None:
    """Puts what is counted above its number: "o mie de geniști"."""
    for node in nodes:
        if node.pos != "NUM" or node.relation in ("nummod", "flat", "compound"):
            continue
        counted = next((c for c in node.only("nmod") if c.marker in grammar.counting_markers), None)
        if counted is not None:
            relation, marker = node.relation, node.marker
            _replace(node, counted)
            counted.relation, counted.marker, node.relation = relation, marker, "nummod"


def _repair_lists(nodes: list[Node]) -> None:
    """Makes subjects of names that were read as a clause of their own: "A, B and | C have asked"."""
    for node in nodes:
        head = node.head
        if node.relation != "conj" or not node.is_verbal or head is None or head.pos not in NOMINAL:
            continue
        subject = next(node.only("nsubj", "nsubj:pass"), None)
        conjunction = next(node.only("cc"), None)
        if subject is None or conjunction is None or head.head is not None:
            continue
        if conjunction.index < subject.index < node.index:
            relation = subject.relation
            _replace(head, node)
            node.relation, head.relation = "root", relation
            for other in [child for child in node.only("conj", "appos") if child.index < conjunction.index]:
                _attach(other, head)
            _attach(subject, head)
            _attach(conjunction, subject)
            subject.relation = "conj"


def _repair_labels(nodes: list[Node], grammar: Grammar, time: TimeWords) -> None:
    """Corrects what the form of a word forbids.

    No subject or object stands after a preposition or in the dative, and none is a day of the week;
    in "A, B and C" the second name is coordinated, not an apposition.
    """
    for node in nodes:
        if node.relation == "acl" and node.pos == "ADJ" and not any(node.only("cop", "nsubj", "obj")):
            node.relation = "amod"
        if node.relation in ("nsubj", "obj") and (node.lower in time.weekdays or node.lower in time.days):
            node.relation = "obl"
        if node.marker in grammar.counting_markers and any(node.only("nummod")):
            _uncount(node)
        if node.relation in ("nsubj", "obj") and node.marker:
            node.relation = "obl"
        if node.relation == "obl" and node.marker in grammar.object_markers and _is_marked_object(node):
            node.relation, node.marker = "obj", ""
        elif node.relation in ("nsubj", "obj") and _is_dative(node):
            node.relation = "iobj"
        elif node.relation in ("nmod", "appos") and _is_bare_dative(node, grammar):
            _lift_dative(node)
        elif node.relation == "appos" and node.pos == "PROPN" and node.head is not None:
            _coordinate(node, node.head, nodes)


def _is_marked_object(node: Node) -> bool:
    """Whether "pe" makes a person its verb's object: a name or pronoun, or a noun that a clitic doubles."""
    if node.head is None or not node.head.is_verbal:
        return False
    others = list(node.head.only("obj", "expl"))
    doubled = any(
        other.feats.get("Strength") == "Weak" and other.feats.get("Case") == "Acc" for other in others
    )
    full = any(other.relation == "obj" and other.feats.get("Strength") != "Weak" for other in others)
    return node.pos == "PRON" or doubled or (node.pos == "PROPN" and not full)


def _is_dative(node: Node) -> bool:
    return node.feats.get("Case") in ("Dat,Gen", "Dat") and node.pos in ("NOUN", "PROPN")


def _is_bare_dative(node: Node, grammar: Grammar) -> bool:
    """Whether a genitive form can only be a dative: after an indefinite noun a genitive takes its article."""
    head = node.head
    if node.marker or head is None or head.pos != "NOUN" or head.feats.get("Definite") != "Ind":
        return False
    particles = [child for child in node.children if child.lower in grammar.possessives]
    if any(child.lower in grammar.genitive_markers for child in particles):
        return False
    return head.feats.get("Case") != "Dat,Gen" and (
        _is_dative(node) or (bool(particles) and node.pos == "PROPN")
    )


def _lift_dative(node: Node) -> None:
    """Hangs a dative on the verb whose object or subject it was read into."""
    head = node.head
    if head is not None and head.head is not None and head.head.is_verbal and head.relation in VERB_ARGUMENTS:
        _attach(node, head.head)
        node.relation = "iobj"


def _uncount(node: Node) -> None:
    node.marker = ""
    head = node.head
    if node.relation == "obl" and head is not None and head.is_verbal and not any(head.only("obj")):
        node.relation = "obj"


def _coordinate(node: Node, head: Node, nodes: list[Node]) -> None:
    last = max(part.index for part in node.subtree())
    after = last - nodes[0].index + 1
    if after < len(nodes) and nodes[after].relation == "cc" and any(head.only("conj")):
        node.relation = "conj"


def _repair_reports(nodes: list[Node], report: frozenset[str]) -> None:
    """Mends "…, a declarat marți Șoigu": the verb after what is said has its sayer and nothing else."""
    for node in nodes:
        if node.lemma not in report or not node.is_verbal or any(node.only("cc")):
            continue
        start = min([node.index, *(child.index for child in node.only("aux"))]) - nodes[0].index
        if start == 0 or nodes[start - 1].pos != "PUNCT":
            continue
        finite = node.feats.get("VerbForm") == "Fin" or any(node.only("aux"))
        if finite and not any(node.only("nsubj", "nsubj:pass", "ccomp")):
            _name_sayer(node)
        if node.relation == "parataxis" and node.head is not None and node.head.index < node.index:
            for child in [c for c in node.children if c.index < nodes[start - 1].index]:
                _attach(child, node.head)


def _name_sayer(node: Node) -> None:
    objects = [child for child in node.only("obj") if child.index > node.index and not child.marker]
    sayer = next((child for child in objects if child.pos in ("PROPN", "NOUN")), None)
    if sayer is not None:
        sayer.relation = "nsubj"
        if node.head is not None and node.head.index < node.index:
            node.relation = "parataxis"


def sentences(doc: Doc, lexicon: Lexicon) -> Iterator[Tree]:
    """The trees of a parsed document, in order."""
    for number, sentence in enumerate(doc.sents):
        yield build_tree(sentence, number, lexicon)
