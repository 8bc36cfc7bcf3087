"""Statements as networkx graphs: who does what to whom, and the triples as the words tell them.

A statement isn't an edge. An edge here is derived for looking and counting; it carries the ids of the
statements that it stands for, and they carry the evidence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

import networkx as nx

from kg.model import Actor, ActorKind, Mention, MentionKind, Statement

__all__ = ["relation_graph", "telling_graph"]


def relation_graph(
    statements: Iterable[Statement], actors: Mapping[str, Actor] | None = None
) -> "nx.MultiDiGraph[str]":
    """A graph of states and organisations, with one edge for each source, target and event type.

    A node is a code (`PRK`) with `labels` (language to name), `kind` and `statements` (ids). An edge's
    key is its event type; it has `event_type`, `statements`, and the counts `relations`, `statuses` and
    `polarities`. A statement without a target stays with the node of its source, and the other way round.
    Names that no statement tells are taken from `actors`, by code.

    >>> relation_graph([]).number_of_nodes()
    0
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    statements = tuple(statements)
    known = {**(actors or {}), **_named_actors(statements)}
    for statement in statements:
        ends = [code for code in (statement.source, statement.target) if code is not None]
        for code in ends:
            _add_statement(graph, code, statement)
            actor = known.get(code) or Actor(code, ActorKind.STATE, (), code)
            graph.nodes[code].update(labels=dict(actor.labels) or {"": code}, kind=actor.kind.value)
        if len(ends) == 2:
            _count(graph, ends[0], ends[1], statement)
    return _list_statements(graph)


def telling_graph(statements: Iterable[Statement]) -> "nx.MultiDiGraph[str]":
    """A graph of the triples as told: Rusia → primește → geniști → din partea → Coreea de Nord.

    A node is an actor (by its id) or, where the words name none, the place in the text, so that two
    mentions of "geniști" in two sentences stay two nodes. It has `labels`, `kind` and `statements`. An
    edge's key is its `link`; it has `statements`, `event_types` and `statuses`.

    >>> telling_graph([]).number_of_edges()
    0
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    statements = tuple(statements)
    arguments = (argument for statement in statements for argument in statement.arguments)
    linked = {each.mention.span: each.actor for each in arguments if each.actor is not None}
    for statement in statements:
        for triple in statement.told:
            ends = []
            for mention in (triple.subject, triple.object):
                actor = linked.get(mention.span)
                node = actor.id if actor else _place(mention)
                _add_statement(graph, node, statement)
                labels = dict(actor.labels) if actor else {}
                kind = actor.kind.value if actor else MentionKind.THING.value
                graph.nodes[node].update(labels=labels or {"": mention.text}, kind=kind)
                ends.append(node)
            _count(graph, ends[0], ends[1], statement, triple.link)
    return _list_statements(graph)


def _named_actors(statements: Iterable[Statement]) -> dict[str, Actor]:
    """The states and organisations that the arguments name, by code."""
    actors = (argument.actor for statement in statements for argument in statement.arguments)
    return {actor.id: actor for actor in actors if actor is not None and actor.state == actor.id}


def _place(mention: Mention) -> str:
    return f"{mention.span.article}:{mention.span.start}-{mention.span.end}"


def _add_statement(graph: "nx.MultiDiGraph[str]", node: str, statement: Statement) -> None:
    graph.add_node(node)
    graph.nodes[node].setdefault("statements", {})[statement.id] = None


def _count(
    graph: "nx.MultiDiGraph[str]", source: str, target: str, statement: Statement, link: str | None = None
) -> None:
    """Adds the statement to the edge that stands for it, which is made where it isn't there yet."""
    key = link or statement.event_type
    if not graph.has_edge(source, target, key):
        names = ("event_types", "relations", "statuses", "polarities")
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        graph.add_edge(source, target, key, statements={}, **counts)
    edge = graph.edges[source, target, key]
    if statement.id in edge["statements"]:
        return
    edge["statements"][statement.id] = None
    edge["event_types"][statement.event_type] += 1
    edge["relations"][statement.relation.id] += 1
    edge["statuses"][statement.status.value] += 1
    edge["polarities"][statement.polarity.value] += 1


def _list_statements(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """The graph, its statements as lists; while it is made they are keys, which are found at once."""
    for _, data in graph.nodes(data=True):
        data["statements"] = list(data["statements"])
    for _, _, data in graph.edges(data=True):
        data["statements"] = list(data["statements"])
    return graph
