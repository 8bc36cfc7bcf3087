"""Places for the nodes of a graph, computed beforehand so that a page never has to move them."""

from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

__all__ = ["place"]

GAP = 26.0  # pixels to leave between two boxes
ROOM = 4.0  # times as much area for a drawing as its boxes take
SCREEN = (900.0, 640.0)  # width and height in pixels that any drawing may take
ASPECT = 1.4  # width to height of the drawing
SMALL = 500  # nodes of which all distances are counted
PIVOTS = 50  # nodes to which distances are counted in a larger graph
CROWDING = 0.8  # below 1, nodes at the rim come nearer
SEED = 7

Points = NDArray[np.float64]


def place(
    graph: "nx.MultiDiGraph[str]", boxes: Mapping[str, tuple[float, float]], length: float = 200
) -> dict[str, tuple[float, float]]:
    """A point in pixels for the middle of each node; the nodes' `boxes` (width, height) don't overlap.

    `length` is that of an edge, as nearly as the others allow. Parts of the graph that nothing connects
    are laid out on their own, then set in rows, the largest first. The same graph gets the same places.

    >>> place(nx.MultiDiGraph([("a", "b")]), {"a": (40, 20), "b": (40, 20)}).keys()
    dict_keys(['a', 'b'])
    """
    parts = sorted(nx.weakly_connected_components(graph), key=lambda part: (-len(part), min(part)))
    blocks: list[tuple[list[str], Points, Points]] = []
    for part in parts:
        nodes = [node for node in graph if node in part]
        sizes = np.array([boxes[node] for node in nodes], dtype=float) + GAP
        blocks.append((nodes, _spread(_fit(_turn(_draw(graph, nodes)), sizes, length), sizes), sizes))
    return _set_in_rows(blocks)


def _draw(graph: "nx.MultiDiGraph[str]", nodes: list[str]) -> Points:
    """Points, an edge being 1 long, as far from each other as there are steps between them, nearly.

    A small graph has its stress made least, starting from what a large one has to do with: distances
    to some of the nodes. Sources: Gansner, Koren, North 2004, Graph drawing by stress majorization;
    Brandes, Pich 2006, Eigensolver methods for progressive multidimensional scaling.
    """
    if len(nodes) == 1:
        return np.zeros((1, 2))
    simple = nx.Graph(graph.subgraph(nodes))
    pivots = nodes[:: max(len(nodes) // PIVOTS, 1)]
    if len(nodes) <= SMALL:
        steps = _count_steps(simple, nodes, nodes) ** CROWDING
        return _lessen_stress(_scale(steps[:, [nodes.index(pivot) for pivot in pivots]]), steps)
    points = _scale(_count_steps(simple, nodes, pivots))
    at = {node: index for index, node in enumerate(nodes)}
    ends = np.array([(at[u], at[v]) for u, v in simple.edges()])
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    drawn: Points = points / np.median(lengths)
    return drawn


def _scale(steps: Points) -> Points:
    """The plane in which the distances to the pivots (columns) are best kept, but for their scale."""
    squares = steps**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    left, scales, _ = np.linalg.svd(centred, full_matrices=False)
    points = left[:, :2] * np.sqrt(scales[:2])
    spread: Points = points + np.random.default_rng(SEED).normal(0, 0.05, points.shape) * points.std()
    return spread


def _count_steps(graph: "nx.Graph[str]", nodes: list[str], pivots: list[str]) -> Points:
    """The steps from each node (rows) to each pivot (columns)."""
    counted = (nx.single_source_shortest_path_length(graph, pivot) for pivot in pivots)
    return np.array([[steps[node] for node in nodes] for steps in counted], dtype=float).T


def _lessen_stress(points: Points, steps: Points, rounds: int = 200) -> Points:
    """The points moved so that their distances come nearer to the steps between the nodes."""
    weights = np.divide(1, steps**2, out=np.zeros_like(steps), where=steps > 0)
    total = weights.sum(axis=1)[:, None]
    for _ in range(rounds):
        squares = (points**2).sum(axis=1)
        apart = np.sqrt(np.maximum(squares[:, None] + squares - 2 * points @ points.T, 1e-9))
        pull = weights * steps / apart
        points = (weights @ points + pull.sum(axis=1)[:, None] * points - pull @ points) / total
    return points


def _turn(points: Points) -> Points:
    """The points turned so that they spread most from left to right."""
    if len(points) < 2:
        return points
    _, _, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    turned: Points = points @ axes.T
    return turned


def _fit(points: Points, sizes: Points, length: float) -> Points:
    """The points scaled so that an edge has about that length, or less where boxes leave enough room."""
    extent = np.maximum(np.ptp(points, axis=0), 1e-9)
    high = np.sqrt(ROOM * sizes.prod(axis=1).sum() / ASPECT)
    wanted = np.maximum((high * ASPECT, high), SCREEN) / extent
    least = min(float(wanted.min()), length)
    fitted: Points = points * np.minimum(wanted, 1.5 * least)
    return fitted


def _spread(points: Points, sizes: Points) -> Points:
    """The points moved apart, as little as needed, until no two boxes overlap."""
    points = points + np.random.default_rng(SEED).normal(0, 0.01, points.shape)  # no two in one place
    for _ in range(300):
        order = points[:, 0].argsort()
        push = _push(points[order], sizes[order])
        if not push.any():
            break
        points[order] += push
    return points


def _push(points: Points, sizes: Points) -> Points:
    """How far each box is to move away from those that it overlaps; the points are sorted by x."""
    push = np.zeros_like(points)
    widest = sizes[:, 0].max()
    for ahead in range(1, len(points)):
        apart = points[ahead:] - points[:-ahead]
        if apart[:, 0].min() >= widest:
            break
        overlap = (sizes[ahead:] + sizes[:-ahead]) / 2 - np.abs(apart)
        hit = np.flatnonzero((overlap > 0.5).all(axis=1))
        # Boxes are wider than high: by the plain overlap nearly all would be piled upon each other.
        axis = (overlap[hit] / np.sqrt(sizes[ahead:][hit])).argmin(axis=1)
        move = overlap[hit, axis] * np.sign(apart[hit, axis]) / 2
        np.add.at(push, (hit + ahead, axis), move)
        np.subtract.at(push, (hit, axis), move)
    return push


def _set_in_rows(blocks: list[tuple[list[str], Points, Points]]) -> dict[str, tuple[float, float]]:
    """The blocks from left to right and top to bottom, about `ASPECT` times as wide as high."""
    gap = 60.0
    extents = []
    for _, points, sizes in blocks:
        low, high = (points - sizes / 2).min(axis=0), (points + sizes / 2).max(axis=0)
        extents.append((low, high - low + gap))
    area = sum(float(extent[0] * extent[1]) for _, extent in extents)
    width = max([np.sqrt(area * ASPECT), *(extent[0] for _, extent in extents)], default=0.0)
    places: dict[str, tuple[float, float]] = {}
    x = y = row = 0.0
    for (nodes, points, _), (low, extent) in zip(blocks, extents, strict=True):
        if x and x + extent[0] > width:
            x, y, row = 0.0, y + row, 0.0
        for node, point in zip(nodes, points - low + (x, y), strict=True):
            places[node] = (round(float(point[0]), 1), round(float(point[1]), 1))
        x, row = x + float(extent[0]), max(row, float(extent[1]))
    return places
