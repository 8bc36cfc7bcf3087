"""For everybody: what axe-core finds, screens of all widths, dark, print; pictures are kept in build/."""

import base64
from itertools import combinations
from pathlib import Path

import pytest
from synthetic import generate

from kg.articles import Failure, read_articles
from kg.pipeline import extract_statements, load_extractor
from kg.view import draw_page

ROOT = Path(__file__).parents[2]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
SERIOUS = """
const done = arguments[0];
axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => done(violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .map(({ id, nodes }) => [id, ...nodes.map(({ target, failureSummary }) => [target, failureSummary])])));
"""
LABELS = """
const { body } = stateRelations.network;
const turn = (edge) => (edge.from.id === edge.to.id ? 0 : edge._getRotation().angle);
const corners = (x, y, wide, high, angle) => [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => {
  const [across, down, cosine, sine] = [a * wide, b * high, Math.cos(angle), Math.sin(angle)];
  return [x + across * cosine - down * sine, y + across * sine + down * cosine];
});
const nodes = body.nodeIndices.map((id) => body.nodes[id])
  .map(({ x, y, shape, options }) => [options.label, corners(x, y, shape.width / 2, shape.height / 2, 0)]);
const edges = Object.values(body.edges).filter((edge) => edge.options.label.trim() && edge.connected)
  .map((edge) => {
    const { x, y } = edge.edgeType.getPoint(0.5);
    const { width, height } = edge.labelModule.getSize();
    return [edge.options.label, corners(x, y, width / 2, height / 2, turn(edge))];
  });
return [...nodes, ...edges];
"""


def separated(one, other):
    """Whether a line along a side of either has the two rectangles, given by their corners, on two sides."""
    for corners in (one, other):
        for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
            across = [[(by - ay) * x - (bx - ax) * y for x, y in points] for points in (one, other)]
            if max(across[0]) <= min(across[1]) + 1e-6 or max(across[1]) <= min(across[0]) + 1e-6:
                return True
    return False


def keep(page, name):
    """Keeps a picture of the page for people to look at."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    picture = page.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
    (folder / f"{name}.png").write_bytes(base64.b64decode(picture))


@pytest.fixture(scope="session")
def seeds(parser, tmp_path_factory):
    """The path of the page of seeds/."""
    found = [
        each
        for each in extract_statements(read_articles([ROOT / "seeds"]), load_extractor(), parser)
        if not isinstance(each, Failure)
    ]
    statements = [statement for extraction in found for statement in extraction.statements]
    articles = {extraction.article.id: extraction.article for extraction in found}
    return draw_page(statements, articles, tmp_path_factory.mktemp("seeds") / "graph.html", language="ro")


VIEWS = {
    "states": "",
    "edge": "edge=RUS%7CASSAULT%7CUKR",
    "told": "reading=told",
    "table": "view=table",
    "english": "lang=en&node=UKR",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(chromium, seeds, view, scheme):
    page = chromium.open(seeds, fragment=VIEWS[view], scheme=scheme)
    page.run("document.getElementById('more').open = true")
    page.settle()
    page.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE})
    assert page.driver.execute_async_script(SERIOUS) == []


@pytest.mark.parametrize("width", [390, 820, 1440])
@pytest.mark.parametrize("view", VIEWS)
def test_seeds_fit_every_screen(chromium, seeds, view, width):
    page = chromium.open(seeds, width, 844 if width < 1000 else 900, fragment=VIEWS[view])
    page.settle()
    assert page.run("return document.documentElement.scrollWidth") <= width
    assert page.complaints() == []
    assert page.requests() == []
    keep(page, f"seeds-{view}-{width}")


def test_dark_page_is_dark(chromium, seeds):
    page = chromium.open(seeds, scheme="dark")
    page.settle()
    color = page.run("return getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, color[4:-1].split(", "))) < 150
    keep(page, "seeds-dark-1440")


def test_print_has_the_graph_and_the_sentences_without_controls(chromium, seeds):
    page = chromium.open(seeds, fragment=VIEWS["edge"])
    page.settle()
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not any(each.is_displayed() for each in page.find("nav, #zoom, #search, #timeline"))
    assert all(each.is_displayed() for each in page.find("#graph, blockquote"))


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(("number", "states"), [(30, 12), (90, 24), (140, 40), (400, 40)])
def test_no_label_lies_on_another(chromium, tmp_path, number, states, width):
    statements, articles = generate(number, states)
    page = chromium.open(draw_page(statements, articles, tmp_path / "graph.html"), width)
    page.settle()
    keep(page, f"{states}-states-{number}-statements-{width}")
    assert overlaps(page) == []


@pytest.mark.parametrize("view", ["states", "told"])
def test_no_label_of_the_seeds_lies_on_another(chromium, seeds, view):
    page = chromium.open(seeds, fragment=VIEWS[view])
    page.settle()
    assert overlaps(page) == []


def overlaps(page):
    labels = page.run(LABELS)
    return [(a[0], b[0]) for a, b in combinations(labels, 2) if not separated(a[1], b[1])]


def test_graph_of_three_hundred_states_and_three_thousand_edges_is_usable(chromium, tmp_path):
    statements, articles = generate(3000, 300)
    path = draw_page(statements, articles, tmp_path / "graph.html")
    page = chromium.open(path)
    keep(page, "300-states")
    page.find("#search")[0].send_keys("Coreea")
    page.wait("return stateRelations.state.query === 'Coreea'")
    page.press("[data-language=ro]")
    chosen = page.run("return stateRelations.network.body.edgeIndices[0]")
    page.choose("edge", chosen)
    assert "Coreea" in page.text("#panel h2")
    assert page.text("blockquote")
    assert page.requests() == []
    keep(page, "300-states-searched")
