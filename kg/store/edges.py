"""The edges that statements stand for: what can be walked in one step, `actor:PRK sr:aids actor:RUS`.

Only an event, an asserted and positive statement, with a source and a target makes edges. An edge doesn't
say which statements it comes from; those are found by its two actors and its relation.
"""

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from kg.ontology import SR, load_ontology
from kg.store.rdf import node

__all__ = ["FACTS", "Fact", "edges_of"]

FACTS = f"""PREFIX sr: <{SR}>
    SELECT DISTINCT ?source ?relation ?target {{ GRAPH ?article {{
      ?statement a sr:Event ; sr:source ?source ; sr:target ?target ; sr:relation ?relation . }} }}"""


class Fact(NamedTuple):
    """That a relation holds from source to target, by whatever number of statements."""

    source: NamedNode
    relation: str
    target: NamedNode


def edges_of(facts: Iterable[Fact]) -> set[Triple]:
    """The edges of the facts: the relation, its event type's, and the inverse of each.

    >>> from kg.ontology import compact
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
