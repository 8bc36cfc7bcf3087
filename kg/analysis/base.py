"""Which statements are counted, and how they are summed."""

from collections.abc import Collection, Iterable, Iterator

import networkx as nx

from kg.model import Polarity, Statement, Status
from kg.ontology import load_ontology

__all__ = ["DEEDS", "deeds", "score", "tie_graph"]

DEEDS = frozenset({Status.ASSERTED})


def deeds(
    statements: Iterable[Statement], statuses: Collection[str] = DEEDS
) -> Iterator[tuple[str, str, Statement]]:
    """Source, target and statement of each that is positive, of these statuses, and has both ends.

    >>> list(deeds([]))
    []
    """
    for statement in statements:
        counted = statement.status in statuses and statement.polarity is Polarity.POSITIVE
        if counted and statement.source is not None and statement.target is not None:
            yield statement.source, statement.target, statement


def score(statement: Statement) -> float:
    """The score of the statement's event type, from -10 (conflict) to 10 (cooperation).

    Source: PLOVER's scores by event type, after Goldstein (1992), A Conflict-Cooperation Scale for WEIS
    Events Data, Journal of Conflict Resolution 36(2), 369-385.
    """
    return load_ontology().score(statement.event_type)


def tie_graph(statements: Iterable[Statement], statuses: Collection[str] = DEEDS) -> "nx.DiGraph[str]":
    """A graph of who acts on whom; an edge has `statements`, their number, and `score`, their scores' sum.

    >>> tie_graph([]).number_of_nodes()
    0
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for source, target, statement in deeds(statements, statuses):
        edge = graph.get_edge_data(source, target, {"statements": 0, "score": 0.0})
        graph.add_edge(
            source, target, statements=edge["statements"] + 1, score=edge["score"] + score(statement)
        )
    return graph
