"""Places for the nodes of a graph, computed beforehand so that a page never has to move them."""

from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

__all__ = ["place"]

GAP = 26.0  # pixels to leave between two boxes
ASPECT = 1.4  # width to height of the drawing
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
        blocks.append((nodes, _spread(_turn(_draw(graph, nodes) * length), sizes), sizes))
    return _set_in_rows(blocks)


def _draw(graph: "nx.MultiDiGraph[str]", nodes: list[str], rounds: int = 200) -> Points:
    """Points, an edge being 1 long, as far from each other as there are steps between them, nearly.

    Stress majorization. Source: Gansner, Koren, North 2004, Graph drawing by stress majorization.
    """
    at = {node: index for index, node in enumerate(nodes)}
    wanted = _count_steps(np.array([(at[u], at[v]) for u, v in graph.subgraph(nodes).edges()]), len(nodes))
    weights = np.where(wanted > 0, 1 / np.maximum(wanted, 1) ** 2, 0)
    total = weights.sum(axis=1)[:, None]
    angles = np.linspace(0, 2 * np.pi, len(nodes), endpoint=False)
    points = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    points += np.random.default_rng(SEED).normal(0, 0.1, points.shape)
    for _ in range(rounds if len(nodes) > 1 else 0):
        squares = (points**2).sum(axis=1)
        apart = np.sqrt(np.maximum(squares[:, None] + squares - 2 * points @ points.T, 1e-9))
        pull = weights * wanted / apart
        points = (weights @ points + pull.sum(axis=1)[:, None] * points - pull @ points) / total
    return points


def _count_steps(edges: NDArray[np.int_], number: int) -> Points:
    """The least number of edges between each two of so many nodes, all of them connected."""
    linked = np.zeros((number, number), dtype=np.float32)
    if len(edges):
        linked[edges[:, 0], edges[:, 1]] = linked[edges[:, 1], edges[:, 0]] = 1
    steps = np.full((number, number), np.inf)
    np.fill_diagonal(steps, 0)
    reached = np.eye(number, dtype=np.float32)
    step = 0
    while np.isinf(steps).any():
        step += 1
        reached = np.minimum(reached + reached @ linked, 1)
        steps[(reached > 0) & np.isinf(steps)] = step
    return steps


def _turn(points: Points) -> Points:
    """The points turned so that they spread most from left to right."""
    if len(points) < 2:
        return points
    _, _, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    turned: Points = points @ axes.T
    return turned


def _spread(points: Points, sizes: Points) -> Points:
    """The points moved apart, as little as needed, until no two boxes overlap."""
    points = points + np.random.default_rng(SEED).normal(0, 0.01, points.shape)  # no two in one place
    needed = (sizes[:, None] + sizes[None, :]) / 2
    same = np.eye(len(points), dtype=bool)
    for _ in range(500):
        apart = points[:, None] - points[None, :]
        overlap = needed - np.abs(apart)
        hit = (overlap[..., 0] > 0.5) & (overlap[..., 1] > 0.5) & ~same
        if not hit.any():
            break
        along_x = overlap[..., 0] < overlap[..., 1]
        push = np.where(np.stack([along_x, ~along_x], axis=2), overlap * np.sign(apart), 0.0)
        points += np.where(hit[..., None], push, 0.0).sum(axis=1) * 0.5
    return points


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
