"""Mends a parse where the form of the words contradicts it, before clauses are read from it."""

from kg.extract.attachments import reattach_arguments, reattach_modifiers
from kg.extract.nodes import NOMINAL, Node, attach, replace_head
from kg.lexicon import Grammar, Lexicon, TimeWords

__all__ = ["repair"]

DASHES = frozenset("-–—")
VERB_ARGUMENTS = frozenset({"obj", "nsubj", "nsubj:pass", "obl", "obl:agent"})


def repair(nodes: list[Node], lexicon: Lexicon) -> None:
    """Relabels and rehangs what can't be: a dative subject, a list read as a clause, a sayer as object.

    Works on the nodes of a tree that is still being built; the parsed document stays as it is.
    """
    _repair_participles(nodes)
    reattach_arguments(nodes, lexicon)
    _raise_counted(nodes, lexicon.grammar)
    _repair_lists(nodes)
    _repair_labels(nodes, lexicon.grammar, lexicon.time)
    _repair_reports(nodes, lexicon.cues.report)
    reattach_modifiers(nodes, lexicon)


def _repair_participles(nodes: list[Node]) -> None:
    """Makes a verb of a word that has a verb's arguments: "sprijinul acordat României de britanici"."""
    for node in nodes:
        if node.pos == "ADJ" and node.relation in ("amod", "acl") and any(node.only("obl:agent", "iobj")):
            node.pos, node.relation = "VERB", "acl"
            node.feats = {**node.feats, "VerbForm": "Part"}
        elif node.pos == "NOUN" and any(node.only("nsubj")) and any(node.only("obj")):
            node.pos = "VERB"
            node.feats = {**node.feats, "VerbForm": "Fin"}


def _raise_counted(nodes: list[Node], grammar: Grammar) -> None:
    """Puts what is counted above its number: "o mie de geniști"."""
    for node in nodes:
        if node.pos != "NUM" or node.relation in ("nummod", "flat", "compound"):
            continue
        counted = next((c for c in node.only("nmod") if c.marker in grammar.counting_markers), None)
        if counted is not None:
            relation, marker = node.relation, node.marker
            replace_head(node, counted)
            counted.relation, counted.marker, node.relation = relation, marker, "nummod"


def _repair_lists(nodes: list[Node]) -> None:
    """Makes subjects of names that were read as a clause of their own: "A, B and | C have asked"."""
    for node in nodes:
        head = node.head
        if node.relation == "obl" and node.pos == "PROPN" and not node.marker and head is not None:
            _join_list(node, head)
        if node.relation == "nsubj" and node.pos == "PROPN" and head is not None:
            first = next(head.only("nsubj"))
            if first is not node and first.pos == "PROPN" and node.index < head.index:
                attach(node, first)
                node.relation = "conj"
                continue
        if node.relation != "conj" or not node.is_verbal or head is None or head.pos not in NOMINAL:
            continue
        subject = next(node.only("nsubj", "nsubj:pass"), None)
        conjunction = next(node.only("cc"), None)
        if subject is None or conjunction is None or head.head is not None:
            continue
        if conjunction.index < subject.index < node.index:
            relation = subject.relation
            replace_head(head, node)
            node.relation, head.relation = "root", relation
            for other in [child for child in node.only("conj", "appos") if child.index < conjunction.index]:
                attach(other, head)
            attach(subject, head)
            attach(conjunction, subject)
            subject.relation = "conj"


def _join_list(node: Node, head: Node) -> None:
    """Coordinates a bare name with the list of subjects that it opens: "A, | B and C met"."""
    subject = next(head.only("nsubj"), None)
    if subject is not None and subject.index == node.index + 2 and any(subject.only("conj")):
        node.relation, subject.relation = "nsubj", "conj"
        for later in list(subject.only("conj")):
            attach(later, node)
        attach(subject, node)


def _repair_labels(nodes: list[Node], grammar: Grammar, time: TimeWords) -> None:
    """Corrects what the form of a word forbids.

    No subject or object stands after a preposition or in the dative, and none is a day of the week;
    in "A, B and C" the second name is coordinated, not an apposition.
    """
    for node in nodes:
        if node.relation == "advcl" and node.marker in grammar.complementizers:
            node.relation = "ccomp"
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
            _name_doer(node)
        elif node.relation in ("nsubj", "obj", "iobj") and _is_dative(node):
            node.relation = "nsubj" if _is_undoubled(node) else "iobj"
        elif node.relation == "nmod" and node.head is not None and node.head.lower in time.units:
            _lift_place(node, node.head)
        elif node.relation in ("amod", "nmod") and _is_stray_object(node):
            attach(node, node.head.head if node.head else None)
            node.relation = "obj"
        elif _is_bare_dative(node, grammar) or _is_second_genitive(node, grammar):
            _lift_dative(node)
        elif node.relation in ("appos", "nmod", "flat", "conj") and _is_name(node) and node.head is not None:
            _coordinate(node, node.head, nodes)


def _name_doer(marked: Node) -> None:
    """Makes the subject of a bare noun after a verb whose marked object stands in front."""
    verb = marked.head
    if verb is None or marked.index > verb.index or any(verb.only("nsubj", "nsubj:pass")):
        return
    for other in verb.only("obj"):
        if other.index > verb.index and other.pos in ("NOUN", "PROPN") and not other.marker:
            other.relation = "nsubj"


def _is_marked_object(node: Node) -> bool:
    """Whether "pe" makes a person its verb's object: a name or pronoun, or a noun that a clitic doubles."""
    if node.head is None or not node.head.is_verbal:
        return False
    others = list(node.head.only("obj", "expl"))
    doubled = any(other.feats.get("Strength") == "Weak" and not other.feats.get("Reflex") for other in others)
    full = any(other.relation == "obj" and other.feats.get("Strength") != "Weak" for other in others)
    return node.pos == "PRON" or doubled or (node.pos == "PROPN" and not full)


def _is_dative(node: Node) -> bool:
    return node.feats.get("Case") in ("Dat,Gen", "Dat") and node.pos in ("NOUN", "PROPN")


def _is_undoubled(node: Node) -> bool:
    """Whether what looks like a dative opens a clause in which no clitic doubles it: it is the subject."""
    verb = node.head
    if verb is None or not verb.is_verbal or node.index > verb.index or node.pos != "NOUN":
        return False
    finite = verb.feats.get("VerbForm") == "Fin" or any(verb.only("aux"))
    others = [other for other in verb.only("nsubj", "nsubj:pass", "expl", "iobj") if other is not node]
    return finite and verb.relation == "root" and not others


def _lift_place(node: Node, unit: Node) -> None:
    """Hangs a place on the visit rather than on its length: "o vizită de două zile în România"."""
    if unit.relation == "nmod" and unit.head is not None and any(unit.only("nummod")) and node.marker:
        attach(node, unit.head)


def _is_bare_dative(node: Node, grammar: Grammar) -> bool:
    """Whether a genitive form can only be a dative: after an indefinite noun a genitive takes its article."""
    head = node.head
    if node.relation not in ("nmod", "appos") or node.marker:
        return False
    if head is None or head.pos != "NOUN" or head.feats.get("Definite") != "Ind":
        return False
    particles = [child for child in node.children if child.lower in grammar.possessives]
    if any(child.lower in grammar.genitive_markers for child in particles):
        return False
    return head.feats.get("Case") != "Dat,Gen" and (
        _is_dative(node) or (bool(particles) and node.pos == "PROPN")
    )


def _is_second_genitive(node: Node, grammar: Grammar) -> bool:
    """Whether a bare genitive follows another: "restituit de guvernul Poloniei | guvernului român"."""
    head = node.head
    if node.relation != "nmod" or head is None or node.marker or not _is_dative(node):
        return False
    if any(child.lower in grammar.genitive_markers for child in node.children):
        return False
    if _is_genitive_name(head):
        return node.pos == "NOUN"
    before = [other for other in head.only("nmod") if other.index < node.index and not other.marker]
    return any(other.pos in ("PROPN", "NOUN") for other in before)


def _is_genitive_name(node: Node) -> bool:
    return _is_name(node) and node.relation == "nmod" and not node.marker


def _is_stray_object(node: Node) -> bool:
    """Whether a bare noun after a dative is the verb's object: "a livrat Ucrainei | rachete"."""
    head = node.head
    if head is None or head.relation != "iobj" or head.head is None or not head.head.is_verbal:
        return False
    bare = node.pos == "NOUN" and not node.marker and not _is_dative(node) and node.index > head.index
    return bare and not any(head.head.only("obj"))


def _lift_dative(node: Node) -> None:
    """Hangs a dative on the verb whose object, subject or agent it was read into."""
    head = node.head
    if head is not None and _is_genitive_name(head):
        head = head.head
    if head is not None and head.head is not None and head.head.is_verbal and head.relation in VERB_ARGUMENTS:
        attach(node, head.head)
        node.relation = "iobj"


def _uncount(node: Node) -> None:
    node.marker = ""
    head = node.head
    if node.relation == "obl" and head is not None and head.is_verbal and not any(head.only("obj")):
        node.relation = "obj"


def _is_name(node: Node) -> bool:
    return node.pos == "PROPN" or (node.pos == "NOUN" and node.text[0].isupper())


def _coordinate(node: Node, head: Node, nodes: list[Node]) -> None:
    before = nodes[node.index - nodes[0].index - 1]
    if before.text in DASHES:
        first = next((other for other in head.children if other.index == before.index - 1), None)
        if first is not None and _is_name(first):
            attach(node, first)
            node.relation = "conj"
        return
    if node.relation != "appos" or node.pos != "PROPN":
        return
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
                attach(child, node.head)


def _name_sayer(node: Node) -> None:
    objects = [child for child in node.only("obj") if child.index > node.index and not child.marker]
    sayer = next((child for child in objects if child.pos in ("PROPN", "NOUN")), None)
    if sayer is not None:
        sayer.relation = "nsubj"
        if node.head is not None and node.head.index < node.index:
            node.relation = "parataxis"
