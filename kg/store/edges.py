"""The edges that statements stand for: what can be walked in one step, `actor:PRK sr:aids actor:RUS`.

Only an asserted, positive statement with a source and a target makes edges. An edge doesn't say which
statements it comes from; those are found by its two actors and its relation.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Triple

from kg.ontology import SR, compact, load_ontology
from kg.store.rdf import node

__all__ = ["Fact", "edges_of", "facts_of", "facts_query"]

_DECLARED = f"PREFIX sr: <{SR}>"


class Fact(NamedTuple):
    """That a relation holds from source to target, by whatever number of statements."""

    source: NamedNode
    relation: str
    target: NamedNode


def facts_of(quads: Iterable[Quad]) -> set[Fact]:
    """The facts that the statements among the quads assert."""
    terms: dict[str, dict[str, NamedNode]] = defaultdict(dict)
    wanted = {node(f"sr:{name}"): name for name in ("source", "relation", "target", "status", "polarity")}
    for quad in quads:
        name = wanted.get(quad.predicate)
        if name and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            terms[quad.subject.value][name] = quad.object
    certain = {"status": node("sr:asserted"), "polarity": node("sr:positive")}
    return {
        Fact(found["source"], compact(found["relation"].value), found["target"])
        for found in terms.values()
        if len(found) == len(wanted) and certain.items() <= found.items()
    }


def edges_of(facts: Iterable[Fact]) -> set[Triple]:
    """The edges of the facts: the relation, its event type's, and the inverse of each.

    >>> fact = Fact(NamedNode("x:PRK"), "sr:lendsTo", NamedNode("x:RUS"))
    >>> sorted(compact(edge.predicate.value) for edge in edges_of([fact]))
    ['sr:aids', 'sr:borrowsFrom', 'sr:isAidedBy', 'sr:lendsTo']
    """
    ontology = load_ontology()
    edges = set()
    for source, relation, target in facts:
        forward, backward = ontology.implied(relation)
        edges |= {Triple(source, node(name), target) for name in forward}
        edges |= {Triple(target, node(name), source) for name in backward}
    return edges


def facts_query(facts: Iterable[Fact] | None = None, without: NamedNode | None = None) -> str:
    """The SPARQL for all facts, or for those between the same actors, `without` one article's graph."""
    pairs = {
        pair for fact in facts or () for pair in ((fact.source, fact.target), (fact.target, fact.source))
    }
    among = (
        "" if facts is None else f"VALUES (?source ?target) {{ {' '.join(f'({a} {b})' for a, b in pairs)} }}"
    )
    other = "" if without is None else f"FILTER(?article != {without})"
    return f"""{_DECLARED}
        SELECT DISTINCT ?source ?relation ?target WHERE {{ {among} GRAPH ?article {{
          ?statement sr:source ?source ; sr:target ?target ; sr:relation ?relation ;
            sr:status sr:asserted ; sr:polarity sr:positive . }} {other} }}"""
