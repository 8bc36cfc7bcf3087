"""The edges between states and their ends for programs that draw graphs: GraphML, GEXF."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
from lxml import etree

from kg.exports.edges import Edge, describe_actor, read_edges
from kg.ontology import load_ontology
from kg.periods import read_interval
from kg.store.base import Store

__all__ = ["write_gexf", "write_graphml"]

NAME = "Relations between states"
GEXF = "http://gexf.net/1.3"
SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
TYPES = {str: "string", int: "long"}


def write_graphml(store: Store, out: Path) -> None:
    """Writes the edges and their ends as GraphML.

    Keys have names: Gephi takes `d3` and `d7`, as networkx would number them, for labels that yEd wrote.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=NAME)
    edges = read_edges(store)
    graph.add_nodes_from(_describe_nodes(store, edges).items())
    for number, edge in enumerate(edges):
        details = {"edgelabel": _label(edge), "weight": edge.statements, **_describe_edge(edge)}
        graph.add_edge(edge.source, edge.target, number, **details)
    nx.write_graphml(graph, out, named_key_ids=True)


def write_gexf(store: Store, out: Path) -> None:
    """Writes the edges and their ends as GEXF 1.3.

    An edge is there from the first day of publication to the last. Its `kind` says what sets it apart from
    the others between its ends, of which Gephi would make one.
    """
    edges = read_edges(store)
    nodes = _describe_nodes(store, edges)
    root = etree.Element(_tag("gexf"), {SCHEMA: f"{GEXF} {GEXF}/gexf.xsd"}, nsmap={None: GEXF}, version="1.3")
    meta = etree.SubElement(root, _tag("meta"))
    etree.SubElement(meta, _tag("description")).text = NAME
    graph = etree.SubElement(
        root, _tag("graph"), defaultedgetype="directed", mode="dynamic", timeformat="date",
        timerepresentation="interval",
    )  # fmt: skip
    labels = {code: details.pop("label") for code, details in nodes.items()}
    _declare(graph, "node", next(iter(nodes.values()), {}))
    _declare(graph, "edge", _describe_edge(edges[0]) if edges else {})
    inside = etree.SubElement(graph, _tag("nodes"))
    for code, details in nodes.items():
        _add(inside, "node", {"id": code, "label": labels[code]}, details)
    inside = etree.SubElement(graph, _tag("edges"))
    for number, edge in enumerate(edges):
        attributes = {
            "id": str(number),
            "source": edge.source,
            "target": edge.target,
            "label": _label(edge),
            "weight": str(edge.statements),
            "kind": f"{edge.relation} {edge.status} {edge.polarity}",
            **_days(edge),
        }
        _add(inside, "edge", attributes, _describe_edge(edge))
    etree.ElementTree(root).write(str(out), encoding="utf-8", xml_declaration=True, pretty_print=True)


def _describe_nodes(store: Store, edges: Iterable[Edge]) -> dict[str, dict[str, str]]:
    actors = store.actors()
    codes = dict.fromkeys(code for edge in edges for code in (edge.source, edge.target))
    return {code: describe_actor(code, actors) for code in codes}


def _describe_edge(edge: Edge) -> dict[str, str | int]:
    return {name: value for name, value in edge._asdict().items() if name not in {"source", "target"}}


def _label(edge: Edge) -> str:
    return load_ontology().label(edge.relation, "en")


def _days(edge: Edge) -> dict[str, str]:
    """The first and the last day of publication, both in; none where no article has a date."""
    if not edge.first:
        return {}
    return {"start": str(read_interval(edge.first)[0]), "end": str(read_interval(edge.last)[1])}


def _declare(graph: Any, what: str, details: Mapping[str, str | int]) -> None:
    """Adds the names and types of the details that each node, or edge, has."""
    declared = etree.SubElement(graph, _tag("attributes"), {"class": what, "mode": "static"})
    for name, value in details.items():
        etree.SubElement(declared, _tag("attribute"), id=name, title=name, type=TYPES[type(value)])


def _add(inside: Any, what: str, attributes: Mapping[str, str], details: Mapping[str, str | int]) -> None:
    added = etree.SubElement(inside, _tag(what), attributes)
    values = etree.SubElement(added, _tag("attvalues"))
    for name, value in details.items():
        etree.SubElement(values, _tag("attvalue"), {"for": name, "value": str(value)})


def _tag(name: str) -> str:
    return f"{{{GEXF}}}{name}"
