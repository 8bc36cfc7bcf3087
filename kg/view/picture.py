"""Statements as a picture for reports, drawn without a browser: SVG, or PNG from it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from math import dist, hypot, log2
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.actors import load_actors
from kg.errors import KGError
from kg.graph import relation_graph
from kg.model import Polarity, Statement, Status
from kg.ontology import Ontology, load_ontology
from kg.store.base import Store
from kg.view.filters import EVERYTHING, Filter
from kg.view.network import LONGEST, box_size, draw_network
from kg.view.writing import show_controls

__all__ = ["draw_picture", "draw_store_picture", "render_svg"]

DASHES = ("", "9 6", "2 6", "1 8")  # by how firmly it is told, as on the page
FIRMNESS = {
    Status.ASSERTED: 0,
    Status.PLANNED: 1,
    Status.HYPOTHETICAL: 2,
    Status.CLAIMED: 2,
    Status.DENIED: 3,
}
LIMITS = (-8, -5, -1, 1, 4, 7)  # scores at which the next of the seven colours begins
FORMATS = (".svg", ".png")
STEPS = 60  # points of a curve that are looked at
LETTER, LINE = 6.2, 16.0  # width of a letter and height of a line of an edge's label, in pixels
FRAME = 24.0  # pixels around the drawing
Json = dict[str, Any]


class Box(NamedTuple):
    """A rectangle by its middle, width and height, in pixels."""

    x: float
    y: float
    width: float
    height: float

    def has(self, point: tuple[float, float]) -> bool:
        """Whether the point is inside."""
        return abs(point[0] - self.x) < self.width / 2 and abs(point[1] - self.y) < self.height / 2

    def overlaps(self, other: "Box") -> bool:
        """Whether the two have more than a side in common."""
        wide, high = self.width + other.width, self.height + other.height
        return 2 * abs(self.x - other.x) < wide and 2 * abs(self.y - other.y) < high


def draw_picture(
    statements: Iterable[Statement], path: Path, *, language: str = "en", title: str | None = None
) -> Path:
    """The path of the SVG or PNG file that was written, by its suffix; its folder is made.

    Raises: KGError for another suffix, or for PNG where the package resvg-py is not installed.
    """
    if path.suffix.lower() not in FORMATS:
        raise KGError(f"{path}: a picture is {' or '.join(FORMATS)}")
    svg = render_svg(statements, language=language, title=title)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(svg.encode() if path.suffix.lower() == ".svg" else _to_png(svg, path))
    return path


def draw_store_picture(
    store: Store, path: Path, chosen: Filter = EVERYTHING, *, language: str = "en"
) -> Path:
    """The path of the picture that was written, with what is chosen of the store. Raises: KGError."""
    articles = {article.id: article for article in store.articles()}
    return draw_picture(chosen.select(store.statements(), articles), path, language=language)


def render_svg(statements: Iterable[Statement], *, language: str = "en", title: str | None = None) -> str:
    """The graph of states as SVG, with labels in `language`, laid out and coloured as the page has it.

    An edge's label that would lie on a node or another label is left out.
    """
    told = {each.id: each for each in statements}
    graph = relation_graph(told.values(), load_actors().actors)
    network = draw_network(graph, language, {id_: number for number, id_ in enumerate(told)}, 240)
    colors = _colors()
    boxes = {}
    nodes = []
    for node in network.nodes:
        size = node["font"]["size"]
        boxes[node["id"]] = Box(node["x"], node["y"], *box_size([_shorten(node["label"])], size))
        nodes.append(_describe_node(node, boxes[node["id"]], colors))
    edges = []
    taken = list(boxes.values())
    rows = list(told.values())
    for edge in sorted(network.edges, key=lambda edge: -len(edge["statements"])):
        drawn = _describe_edge(edge, [rows[number] for number in edge["statements"]], boxes, colors, language)
        place = Box(drawn["x"], drawn["y"], LETTER * len(drawn["label"]), LINE)
        if any(place.overlaps(other) for other in taken):
            drawn["label"] = ""
        else:
            taken.append(place)
        edges.append(drawn)
    left, right, top, bottom = _extent([*taken, *(Box(edge["x"], edge["y"], 0, 0) for edge in edges)])
    environment = Environment(loader=PackageLoader("kg.view"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("picture.svg").render(
        title=title or "", nodes=nodes, edges=edges, colors=colors,
        left=left, top=top, width=right - left, height=bottom - top,
    )  # fmt: skip


def _describe_node(node: Json, box: Box, colors: Mapping[str, str]) -> Json:
    organisation = node["kind"] == "organisation"
    return {
        "x": box.x,
        "y": box.y,
        "width": box.width,
        "height": box.height,
        "left": box.x - box.width / 2,
        "top": box.y - box.height / 2,
        "radius": 5 if organisation else box.height / 2,
        "fill": colors["group" if organisation else "node"],
        "ink": colors["node-ink"],
        "size": node["font"]["size"],
        "label": _shorten(node["label"]),
    }


def _describe_edge(
    edge: Json,
    statements: Sequence[Statement],
    boxes: Mapping[str, Box],
    colors: Mapping[str, str],
    language: str,
) -> Json:
    ontology = load_ontology()
    level = min(3 if each.polarity is Polarity.NEGATIVE else FIRMNESS[each.status] for each in statements)
    points = _curve(edge, boxes[edge["from"]], boxes[edge["to"]])
    mutual = all(ontology.relation(each.relation.id).symmetric for each in statements)
    middle = points[len(points) // 2]
    score = ontology.score(edge["key"])
    width = min(1.6 + 1.3 * log2(len(statements)), 8)
    return {
        "path": "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points),
        "arrow": "" if mutual else _arrow(points, 5 + width),
        "color": colors[f"scale-{sum(score > limit for limit in LIMITS)}"],
        "width": round(width, 1),
        "opacity": 0.5 if level == 3 else 1,
        "dashes": DASHES[level],
        "label": _edge_label(edge["key"], statements, ontology, language),
        "x": round(middle[0], 1),
        "y": round(middle[1], 1),
    }


def _edge_label(event_type: str, statements: Sequence[Statement], ontology: Ontology, language: str) -> str:
    relations = {each.relation.id for each in statements}
    if len(relations) == 1:
        label = ontology.label(relations.pop(), language)
    else:
        labels = ontology.event_type(event_type).labels
        label = dict(labels).get(language) or labels[0][1]
    return f"{label} · {len(statements)}" if len(statements) > 1 else label


def _curve(edge: Json, start: Box, end: Box) -> list[tuple[float, float]]:
    """Points from the rim of one box to that of the other; a loop goes over its box."""
    if edge["from"] == edge["to"]:
        high = start.height / 2 + 2 * edge["selfReference"]["size"]
        ends, bend = ((start.x - 14, start.y), (start.x + 14, start.y)), (start.x, start.y - 2 * high)
    else:
        smooth = edge["smooth"]
        turn = {"curvedCW": -1, "curvedCCW": 1}.get(smooth.get("type"), 0) * smooth.get("roundness", 0)
        ends = (start.x, start.y), (end.x, end.y)
        across, down = end.x - start.x, end.y - start.y
        bend = (start.x + end.x) / 2 - turn * down, (start.y + end.y) / 2 + turn * across
    (x1, y1), (x2, y2) = ends
    points = []
    for step in range(STEPS + 1):
        t = step / STEPS
        near, via, far = (1 - t) ** 2, 2 * t * (1 - t), t**2
        point = near * x1 + via * bend[0] + far * x2, near * y1 + via * bend[1] + far * y2
        if not start.has(point) and not end.has(point):
            points.append(point)
    return points or [(x1, y1), (x2, y2)]


def _arrow(points: Sequence[tuple[float, float]], length: float) -> str:
    tip = points[-1]
    back = next((point for point in reversed(points) if dist(point, tip) >= length), points[0])
    far = hypot(tip[0] - back[0], tip[1] - back[1]) or 1.0
    x, y = (tip[0] - back[0]) / far * length, (tip[1] - back[1]) / far * length
    corners = (
        tip,
        (tip[0] - x - 0.4 * y, tip[1] - y + 0.4 * x),
        (tip[0] - x + 0.4 * y, tip[1] - y - 0.4 * x),
    )
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def _extent(boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    across = [box.x + sign * box.width / 2 for box in boxes for sign in (-1, 1)] or [0.0]
    down = [box.y + sign * box.height / 2 for box in boxes for sign in (-1, 1)] or [0.0]
    return min(across) - FRAME, max(across) + FRAME, min(down) - FRAME, max(down) + FRAME


def _shorten(label: str) -> str:
    shown = show_controls(label)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1].rstrip()}…"


def _colors() -> dict[str, str]:
    """The colours of the page's style by name, those for light paper."""
    style = files("kg.view").joinpath("templates", "page.css").read_text("utf-8")
    return dict(reversed(re.findall(r"--([\w-]+): (#\w+)", style)))


def _to_png(svg: str, path: Path) -> bytes:
    try:
        import resvg_py  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise KGError(
            f"{path}: PNG needs resvg-py (the extra `pictures`); .svg needs nothing more"
        ) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=2))
