"""Hangs words where they belong that the parser hung on a neighbour."""

from kg.extract.nodes import NOMINAL, Node, attach
from kg.lexicon import Grammar, Lexicon

__all__ = ["reattach_arguments", "reattach_modifiers"]


def reattach_arguments(nodes: list[Node], lexicon: Lexicon) -> None:
    """Gives verbs their agents, subjects and objects, in a tree that is still being built."""
    _attach_agents(nodes, lexicon)
    _activate_hearsay(nodes, lexicon)
    _name_arguments(nodes, lexicon)


def reattach_modifiers(nodes: list[Node], lexicon: Lexicon) -> None:
    """Gives nouns their company and their clauses of place, once the labels are right."""
    _attach_company(nodes, lexicon)
    _attach_places(nodes, lexicon.grammar)


def _attach_agents(nodes: list[Node], lexicon: Lexicon) -> None:
    """Hangs an agent on its participle, not on the noun between: "vândute Egiptului de Italia"."""
    for node in nodes:
        noun = node.head
        if node.relation != "nmod" or node.marker not in lexicon.roles["agent"] or noun is None:
            continue
        participle = noun.head
        if participle is None:
            continue
        acts = node.pos == "PROPN" or "agent" in lexicon.classes_of(node.lemma)
        measured = lexicon.classes_of(noun.lemma) & {"quantity", "agent"}
        passive = any(participle.only("aux:pass")) or participle.relation in ("acl", "amod")
        if not acts or measured or not passive or participle.feats.get("VerbForm") != "Part":
            continue
        if noun.index > participle.index and not any(participle.only("obl:agent", "obj")):
            attach(node, participle)
            node.relation = "obl:agent"


def _activate_hearsay(nodes: list[Node], lexicon: Lexicon) -> None:
    """Makes an active verb of a past conditional read as a passive: "Franța ar fi trimis trupe"."""
    for past in nodes:
        verb = past.head
        if past.lemma not in lexicon.cues.hearsay or verb is None:
            continue
        others = [part for part in verb.only("aux", "aux:pass") if part.lemma in lexicon.cues.hearsay]
        if not others or others[0] is not past:
            continue
        if not any(part.lower in lexicon.cues.conditional for part in verb.only("aux")):
            continue
        if past.relation == "aux:pass" and not any(verb.only("obj")):
            continue
        past.relation = "aux"
        for subject in verb.only("nsubj:pass"):
            subject.relation = "nsubj"


def _name_arguments(nodes: list[Node], lexicon: Lexicon) -> None:
    """Relabels what a verb can't have: a name or event as adverb, a second subject behind it."""
    for node in nodes:
        verb = node.head
        if verb is None or not verb.is_verbal or node.marker:
            continue
        if node.relation == "advmod" and node.pos == "PROPN" and node.index < verb.index:
            if not any(other.index < verb.index for other in verb.only("nsubj", "nsubj:pass")):
                node.relation = "nsubj"
        elif node.relation == "advmod" and verb.lemma in lexicon.cues.light and not any(verb.only("obj")):
            node.relation = "obj" if ("noun", node.lemma) in lexicon.frames else node.relation
    for node in nodes:
        verb = node.head
        if node.relation != "nsubj" or verb is None or not verb.is_verbal or node.index < verb.index:
            continue
        first = next(verb.only("nsubj"))
        if first.index < verb.index and not node.marker and not any(verb.only("obj")):
            node.relation = "obj"


def _attach_company(nodes: list[Node], lexicon: Lexicon) -> None:
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


def _attach_places(nodes: list[Node], grammar: Grammar) -> None:
    """Hangs a clause that says where on the noun before it: "a plecat în Irak, unde …"."""
    for node in nodes:
        if node.relation != "advcl":
            continue
        where = next((c for c in node.only("advmod") if c.lower in grammar.relatives), None)
        if where is None or where.index - nodes[0].index < 2:
            continue
        place = nodes[where.index - nodes[0].index - 2]
        if nodes[where.index - nodes[0].index - 1].pos == "PUNCT" and place.pos in NOMINAL:
            attach(node, place)
            node.relation = "acl"
