"""A networkx graph as a pyvis network: places, curves and the numbers of its statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import count
from math import sqrt
from typing import Any
from urllib.parse import quote

import networkx as nx
from pyvis.network import Network

from kg.view.layout import place

__all__ = ["LONGEST", "OPTIONS", "box_size", "draw_network"]

FONT = (14, 21)  # pixels of the type of a node with one statement, and of the one with most
MARGIN = (14, 9)  # pixels between a label and the sides, and the top and bottom, of its box
LONGEST = 30  # characters of a label that the page shows at most
CURVE = 0.16  # how much further each parallel edge is bent than the one before
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "zoomSpeed": 0.6,
        "tooltipDelay": 200,
    },
    "nodes": {
        "shape": "box",
        "margin": {"top": MARGIN[1], "bottom": MARGIN[1], "left": MARGIN[0], "right": MARGIN[0]},
    },
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.55}}},
}


def draw_network(
    graph: "nx.MultiDiGraph[str]", language: str, numbers: Mapping[str, int], length: float = 200
) -> Network:
    """A pyvis network with a place for each node and a curve for each parallel edge.

    Nodes and edges carry `statements`, the `numbers` of those that they stand for; labels are chosen in
    the page, in the reader's language, those in `language` at first. `length` is an edge's, in pixels.
    An edge also has its `key`, and an id made of it and its ends, which is the same in every page.
    """
    network = Network(directed=True)
    network.options = OPTIONS
    most = max((len(data["statements"]) for _, data in graph.nodes(data=True)), default=1)
    sizes = {
        node: round(FONT[0] + (FONT[1] - FONT[0]) * sqrt((len(data["statements"]) - 1) / most))
        for node, data in graph.nodes(data=True)
    }
    boxes = {node: box_size(data["labels"].values(), sizes[node]) for node, data in graph.nodes(data=True)}
    levels: dict[str, int] = {}
    for node, (x, y) in place(graph, boxes, length).items():
        data = graph.nodes[node]
        beside = {levels.get(other) for other in nx.all_neighbors(graph, node)}
        levels[node] = next(level for level in count(round(y)) if level not in beside)
        network.add_node(
            node,
            label=data["labels"].get(language) or next(iter(data["labels"].values())),
            font={"size": sizes[node]},
            shape="box",
            x=round(x),
            y=levels[node],  # never a neighbour's: vis-network misplaces the label of an edge that is level
            labels=data["labels"],
            kind=data["kind"],
            statements=[numbers[each] for each in data["statements"]],
        )
    for source, target, key, curve in _curves(graph):
        data = graph.edges[source, target, key]
        network.add_edge(
            source,
            target,
            id="|".join(quote(part, safe="") for part in (source, key, target)),
            key=key,
            statements=[numbers[each] for each in data["statements"]],
            **_bend(source == target, curve),
        )
    return network


def box_size(labels: Iterable[str], size: int) -> tuple[float, float]:
    """The width and height in pixels of a node with the longest of its labels in type of that size."""
    return 0.6 * size * min(max(map(len, labels)), LONGEST) + 2 * MARGIN[0], size * 1.2 + 2 * MARGIN[1]


def _curves(graph: "nx.MultiDiGraph[str]") -> list[tuple[str, str, str, float]]:
    """Each edge with its curve; those of a pair, in either direction, fan out around the straight line."""
    pairs: defaultdict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for source, target, key in graph.edges(keys=True):
        pairs[min(source, target), max(source, target)].append((source, target, key))
    curves = []
    for (first, _), edges in pairs.items():
        for index, (source, target, key) in enumerate(sorted(edges)):
            curve = index - (len(edges) - 1) / 2
            curves.append((source, target, key, curve if source == first else -curve))
    return curves


def _bend(loop: bool, curve: float) -> dict[str, Any]:
    if loop:
        return {"selfReference": {"size": 22 + 7 * abs(curve), "angle": curve}}
    if not curve:
        return {"smooth": {"enabled": False}}
    kind = "curvedCW" if curve > 0 else "curvedCCW"
    return {"smooth": {"enabled": True, "type": kind, "roundness": round(min(abs(curve) * CURVE, 0.9), 2)}}
