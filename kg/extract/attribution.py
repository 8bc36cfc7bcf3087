"""Who says so: the chain from the innermost sayer to the agency that passes it on."""

from collections.abc import Callable

from kg.extract.clauses import Clauses, conjuncts
from kg.extract.nodes import Node
from kg.lexicon import Lexicon
from kg.model import Actor, Attribution, Mention

__all__ = ["attribute"]

Name = Callable[[Node], tuple[Mention, Actor | None] | None]


def attribute(node: Node, clauses: Clauses, lexicon: Lexicon, name: Name) -> tuple[Attribution, ...]:
    """The sayers of the predicate `node`, innermost first; empty where the text itself says it.

    `name` gives the mention and the actor of a sayer's node, or `None` where it names nobody.
    """
    cues = lexicon.cues
    saying = cues.report | cues.claim | cues.deny
    chain: list[Attribution] = []
    seen: set[int] = set()

    def add(sayer: Node, cue: str) -> None:
        for member in conjuncts(sayer):
            named = name(member) if member.index not in seen else None
            seen.add(member.index)
            if named is not None:
                chain.append(Attribution(*named, cue))
            pass_on(member)

    def pass_on(holder: Node) -> None:
        """Adds the agency in "declared X, quoted by the agency Y", hung on the sayer or on the saying."""
        for child in holder.only("acl", "amod", "advcl"):
            if child.lemma in cues.quoted:
                for agent in clauses.clause(child).slots.get("agent", ()):
                    add(agent, _cue(child))

    def look(predicate: Node) -> None:
        for child in predicate.children:
            inserted_by = child.relation == "parataxis" or child.marker in cues.inserted
            if inserted_by and child.lemma in cues.report:
                inserted = clauses.clause(child)
                if not inserted.slots.get("ccomp"):
                    for sayer in inserted.slots.get("nsubj", ()):
                        if sayer is not predicate:
                            add(sayer, _cue(child))
                    pass_on(child)
                    look(child)
            if child.marker in cues.according and child.relation in ("obl", "nmod"):
                add(child, child.marker)

    look(node)
    below = node
    for head in node.ancestors():
        if (
            below.relation in ("ccomp", "parataxis", "xcomp", "acl", "csubj", "advcl")
            and head.lemma in saying
        ):
            clause = clauses.clause(head) if head.is_verbal else None
            reports = below in (clause.slots.get("ccomp", ()) if clause else ()) or below.marker in (
                lexicon.grammar.genitive_markers
            )
            if clause is not None and reports:
                for sayer in clause.slots.get("nsubj", ()):
                    add(sayer, _cue(head))
                pass_on(head)
        look(head)
        below = head
    return tuple(chain)


def _cue(verb: Node) -> str:
    auxiliaries = [child for child in verb.only("aux", "aux:pass") if child.index < verb.index]
    return " ".join(part.text for part in (*auxiliaries, verb))
