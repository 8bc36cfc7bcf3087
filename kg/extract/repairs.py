"""Mends a parse where the form of the words contradicts it, before clauses are read from it."""

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
    _repair_agents(nodes, lexicon)
    _repair_hearsay(nodes, lexicon)
    _raise_counted(nodes, lexicon.grammar)
    _repair_clauses(nodes, lexicon)
    _repair_lists(nodes)
    _repair_labels(nodes, lexicon.grammar, lexicon.time)
    _repair_reports(nodes, lexicon.cues.report)
    _repair_company(nodes, lexicon)
    _repair_places(nodes, lexicon.grammar)


def _repair_participles(nodes: list[Node]) -> None:
    """Makes a verb of a word that has a verb's arguments: "sprijinul acordat României de britanici"."""
    for node in nodes:
        if node.pos == "ADJ" and node.relation in ("amod", "acl") and any(node.only("obl:agent", "iobj")):
            node.pos, node.relation = "VERB", "acl"
            node.feats = {**node.feats, "VerbForm": "Part"}
        elif node.pos == "NOUN" and any(node.only("nsubj")) and any(node.only("obj")):
            node.pos = "VERB"
            node.feats = {**node.feats, "VerbForm": "Fin"}


def _repair_agents(nodes: list[Node], lexicon: Lexicon) -> None:
    """Hangs an agent on its participle where the parser hung it on a noun between: "vândute Egiptului de Italia"."""
    for node in nodes:
        noun = node.head
        participle = noun.head if noun is not None else None
        if node.relation != "nmod" or node.marker not in lexicon.roles["agent"] or participle is None:
            continue
        acts = node.pos == "PROPN" or "agent" in lexicon.classes_of(node.lemma)
        measured = lexicon.classes_of(noun.lemma) & {"quantity", "agent"}
        passive = any(participle.only("aux:pass")) or participle.relation in ("acl", "amod")
        if not acts or measured or not passive or participle.feats.get("VerbForm") != "Part":
            continue
        if noun.index > participle.index and not any(participle.only("obl:agent", "obj")):
            attach(node, participle)
            node.relation = "obl:agent"


def _repair_hearsay(nodes: list[Node], lexicon: Lexicon) -> None:
    """Makes an active verb of a past conditional read as a passive: "Franța ar fi trimis trupe"."""
    for node in nodes:
        past = [part for part in node.only("aux", "aux:pass") if part.lemma in lexicon.cues.hearsay]
        if not past or not any(part.lower in lexicon.cues.conditional for part in node.only("aux")):
            continue
        if past[0].relation == "aux:pass" and not any(node.only("obj")):
            continue
        past[0].relation = "aux"
        for subject in node.only("nsubj:pass"):
            subject.relation = "nsubj"


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


def _repair_clauses(nodes: list[Node], lexicon: Lexicon) -> None:
    """Relabels what a verb can't have: a name as adverb, a second subject behind it, a bare event noun as adverb."""
    for node in nodes:
        verb = node.head
        if verb is None or not verb.is_verbal or node.marker:
            continue
        if node.relation == "advmod" and node.pos == "PROPN" and node.index < verb.index:
            if not any(other.index < verb.index for other in verb.only("nsubj", "nsubj:pass")):
                node.relation = "nsubj"
        elif node.relation == "advmod" and node.pos == "NOUN" and verb.lemma in lexicon.cues.light:
            if ("noun", node.lemma) in lexicon.frames and not any(verb.only("obj")):
                node.relation = "obj"
    for node in nodes:
        verb = node.head
        if node.relation != "nsubj" or verb is None or not verb.is_verbal or node.index < verb.index:
            continue
        first = next(verb.only("nsubj"))
        if first.index < verb.index and not node.marker and not any(verb.only("obj")):
            node.relation = "obj"


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
        elif node.relation in ("nmod", "appos") and _is_bare_dative(node, grammar):
            _lift_dative(node)
        elif node.relation == "nmod" and _is_second_genitive(node, grammar):
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
    """Whether what looks like a dative opens a clause that no clitic doubles it in: then it is the subject."""
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
    if node.marker or head is None or head.pos != "NOUN" or head.feats.get("Definite") != "Ind":
        return False
    particles = [child for child in node.children if child.lower in grammar.possessives]
    if any(child.lower in grammar.genitive_markers for child in particles):
        return False
    return head.feats.get("Case") != "Dat,Gen" and (
        _is_dative(node) or (bool(particles) and node.pos == "PROPN")
    )


def _is_second_genitive(node: Node, grammar: Grammar) -> bool:
    """Whether a bare genitive follows another: "restituit de guvernul Poloniei | guvernului român" is a dative."""
    if node.head is None or node.marker or not _is_dative(node):
        return False
    if any(child.lower in grammar.genitive_markers for child in node.children):
        return False
    if _is_name(node.head) and node.pos == "NOUN" and node.head.relation == "nmod" and not node.head.marker:
        attach(node, node.head.head)
    others = [other for other in node.head.only("nmod") if other.index < node.index and not other.marker]
    return any(other.pos in ("PROPN", "NOUN") for other in others)


def _is_stray_object(node: Node) -> bool:
    """Whether a bare noun after a dative is the verb's object: "a livrat Ucrainei | rachete"."""
    head = node.head
    if head is None or head.relation != "iobj" or head.head is None or not head.head.is_verbal:
        return False
    bare = node.pos == "NOUN" and not node.marker and not _is_dative(node) and node.index > head.index
    return bare and not any(head.head.only("obj"))


def _lift_dative(node: Node) -> None:
    """Hangs a dative on the verb whose object or subject it was read into."""
    head = node.head
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


def _repair_company(nodes: list[Node], lexicon: Lexicon) -> None:
    """Hangs whom one meets on the meeting: "in a meeting, in Essen, with X, the chancellor said …"."""
    for node in nodes:
        verb = node.head
        if verb is None or node.marker not in lexicon.roles["company"]:
            continue
        if node.relation == "appos" and verb.relation == "obl" and verb.head is not None:
            verb = verb.head
        elif node.relation != "obl":
            continue
        if verb.index > node.index and verb.relation in ("conj", "advcl") and verb.head is not None:
            verb = verb.head if verb.head.is_verbal and verb.head.index < node.index else verb
        elif verb.lemma not in lexicon.cues.report:
            continue
        phrases = [other for other in verb.only("obl", "obj", "nsubj") if other.index < node.index]
        inside = (below for phrase in phrases for below in phrase.subtree() if below.index < node.index)
        meeting = next((below for below in inside if "talks" in lexicon.classes_of(below.lemma)), None)
        if meeting is not None:
            attach(node, meeting)
            node.relation = "nmod"


def _repair_places(nodes: list[Node], grammar: Grammar) -> None:
    """Hangs a clause that says where on the noun before it: "a plecat în Irak, unde …"."""
    for node in nodes:
        where = next((c for c in node.only("advmod") if c.lower in grammar.relatives), None)
        if node.relation != "advcl" or where is None or where.index - nodes[0].index < 2:
            continue
        place = nodes[where.index - nodes[0].index - 2]
        if nodes[where.index - nodes[0].index - 1].pos == "PUNCT" and place.pos in NOMINAL:
            attach(node, place)
            node.relation = "acl"
