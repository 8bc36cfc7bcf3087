"""How the text presents an event: asserted, planned, hypothetical, claimed or denied; or not at all."""

from dataclasses import dataclass

from kg.extract.nodes import NOMINAL, Node
from kg.lexicon import Lexicon
from kg.model import Polarity, Status

__all__ = ["Factuality", "is_negated", "judge"]

RANK = (Status.ASSERTED, Status.PLANNED, Status.HYPOTHETICAL, Status.CLAIMED, Status.DENIED)
COMPLEMENTS = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "csubj:pass"})
PAIRED = frozenset({"cc", "preconj", "cc:preconj", "det", "advmod"})
ARGUMENTS = frozenset({"obj", "nsubj", "nsubj:pass", "obl", "nmod", "iobj", "obl:agent"})


@dataclass(frozen=True, slots=True)
class Factuality:
    """A status and a polarity."""

    status: Status
    polarity: Polarity


def is_negated(node: Node, lexicon: Lexicon) -> bool:
    """Whether a word of negation stands on the predicate itself."""
    grammar = lexicon.grammar
    for subject in node.only("nsubj", "nsubj:pass"):
        if any(c.lower in grammar.negations and c.relation in PAIRED for c in subject.children):
            return True
    for adverb in node.only("advmod"):
        if any(child.lower in grammar.negations for child in adverb.children):
            return True
    return any(
        child.lower in grammar.negations and child.relation in ("advmod", "det", "aux", "cc", "case", "mark")
        for child in node.children
    ) or any(child.lower in grammar.without for child in node.only("mark", "case"))


def judge(node: Node, lexicon: Lexicon) -> Factuality:
    """The status and polarity that a predicate gets from its own form and from what governs it."""
    statuses = {Status.ASSERTED}
    negative = False
    event, own, indicative = node, True, False
    while True:
        if own:
            statuses |= _own_statuses(event, lexicon)
            negative ^= is_negated(event, lexicon)
        head = event.head
        if head is None:
            break
        effect = _effect(event, head, lexicon)
        if effect is None:
            break
        status, prevented, own = effect
        indicative = indicative or (event.relation == "conj" and not own)
        if indicative and status in (Status.PLANNED, Status.HYPOTHETICAL):
            break
        if status is not None:
            statuses.add(status)
        negative ^= prevented
        event = head
    status = max(statuses, key=RANK.index)
    return Factuality(status, Polarity.NEGATIVE if negative else Polarity.POSITIVE)


def _own_statuses(node: Node, lexicon: Lexicon) -> set[Status]:
    cues = lexicon.cues
    found: set[Status] = set()
    for child in node.children:
        if child.relation in ("aux", "aux:pass", "cop"):
            if child.lower in cues.future or child.lemma in cues.future:
                found.add(Status.PLANNED)
            elif child.lower in cues.conditional or child.lemma in (*cues.modals, *cues.obligation):
                found.add(Status.CLAIMED if _is_hearsay(node, lexicon) else Status.HYPOTHETICAL)
        elif child.relation in ("mark", "case", "advmod") and child.lower in cues.conditions:
            if child.relation == "mark":
                found.add(Status.HYPOTHETICAL)
        elif child.relation == "det" and child.lemma in cues.hypothetical:
            found.add(Status.HYPOTHETICAL)
        elif child.relation in ("amod", "compound") or child.lemma in cues.alleged:
            if child.lemma in cues.alleged or child.lower in cues.alleged:
                found.add(Status.CLAIMED)
            elif child.lemma in cues.hypothetical:
                found.add(Status.HYPOTHETICAL)
            elif child.lemma in cues.plan:
                found.add(Status.PLANNED)
    if node.relation == "advcl" and node.feats.get("VerbForm") != "Fin" and _has_purpose(node, lexicon):
        found.add(Status.PLANNED)
    return found


def _is_hearsay(node: Node, lexicon: Lexicon) -> bool:
    """Whether a past conditional tells what others say ("ar fi atacat"), no condition being named."""
    if node.lemma in lexicon.cues.plan:
        return False
    conditions = any(child.lower in lexicon.cues.conditions for child in node.only("mark"))
    return not conditions and any(child.lemma in lexicon.cues.hearsay for child in node.only("aux"))


def _has_purpose(node: Node, lexicon: Lexicon) -> bool:
    marks = {child.lower for child in node.only("mark", "aux", "case")}
    return bool(marks & lexicon.cues.purposes) or node.marker in lexicon.cues.purposes


def _effect(node: Node, head: Node, lexicon: Lexicon) -> tuple[Status | None, bool, bool] | None:
    """What a governor makes of the event: a status, whether it is prevented, whether its own form counts.

    `None` where the event is presupposed or stands on its own.
    """
    cues = lexicon.cues
    if node.relation == "conj":
        shared = not any(node.only("nsubj", "nsubj:pass", "aux")) or node.pos in NOMINAL
        return None, False, shared
    if node.relation in COMPLEMENTS:
        adverbial = node.relation == "advcl" and node.marker not in lexicon.roles["complement"]
        relative = node.relation == "acl" and head.pos in NOMINAL and node.feats.get("VerbForm") == "Fin"
        governor = head
        if node.relation == "xcomp" and head.pos == "AUX" and head.lemma in cues.future:
            return Status.PLANNED, False, True
        means = relative and _is_means(node, lexicon)
        status = _unreal(head, lexicon) if means else _lexical_status(governor, lexicon)
        if status is None and _is_ready(governor, node, lexicon):
            status = Status.PLANNED
        if status is None and (relative or governor.pos in NOMINAL):
            return None
        if adverbial:
            return None, False, False
        if status is Status.HYPOTHETICAL and governor.lemma in cues.modals and is_negated(governor, lexicon):
            status = None
        prevented = governor.lemma in cues.prevent
        transparent = (
            governor.lemma not in cues.report | cues.claim | cues.deny | cues.request | cues.threaten
        )
        return status, prevented, transparent
    if node.relation in ARGUMENTS and (node.pos in NOMINAL or node.relation == "nmod"):
        if head.lemma in cues.postpone and head.lemma not in cues.light:
            return Status.PLANNED, False, True
        if head.lemma in cues.light and (node.relation != "nmod" or head.pos in NOMINAL):
            return None, False, True
        if head.lemma in cues.prevent:
            return None, node.relation != "nsubj", node.relation != "nsubj"
        status = _lexical_status(head, lexicon)
        content = node.relation != "obl" or node.marker in lexicon.roles["content"]
        if status is not None and content and node.relation in ("obj", "nmod", "nsubj:pass", "obl"):
            return status, False, head.pos not in NOMINAL and status is Status.PLANNED
    return None


def _is_ready(governor: Node, event: Node, lexicon: Lexicon) -> bool:
    """Whether a word beside a verb makes a plan of what follows: "s-a declarat gata să", "are de gând să"."""
    beside = (child for child in governor.only("advmod", "obl", "xcomp", "obj") if child is not event)
    return any(
        child.lemma in lexicon.cues.plan and governor.index < child.index < event.index for child in beside
    )


def _is_means(node: Node, lexicon: Lexicon) -> bool:
    """Whether a relative clause says what its noun does: "a document by which they recognise …"."""
    return any(
        child.lower in lexicon.grammar.relatives and child.marker in lexicon.roles["instrument"]
        for child in node.only("obl")
    )


def _unreal(noun: Node, lexicon: Lexicon) -> Status | None:
    """The status of the verb whose object the noun is; `None` where it happened."""
    if noun.head is None or noun.relation != "obj":
        return None
    status = judge(noun.head, lexicon).status
    return None if status is Status.ASSERTED else status


def _lexical_status(node: Node, lexicon: Lexicon) -> Status | None:
    cues = lexicon.cues
    for lemmas, status in (
        (cues.deny, Status.DENIED),
        (cues.claim, Status.CLAIMED),
        (cues.threaten, Status.HYPOTHETICAL),
        (cues.request, Status.HYPOTHETICAL),
        (cues.modals, Status.HYPOTHETICAL),
        (cues.duty, Status.HYPOTHETICAL),
        (cues.plan, Status.PLANNED),
        (cues.hope, Status.PLANNED),
        (cues.future, Status.PLANNED),
    ):
        if node.lemma in lemmas and not (node.lemma in cues.report and status is not Status.DENIED):
            return status
    return None
