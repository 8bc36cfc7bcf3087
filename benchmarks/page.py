"""How soon the page's drawing is at rest, beside plain pyvis on the same graph: `python -m benchmarks.page`.

Both are opened in the same headless Chromium, in turn, for graphs of 30, 300 and 3,000 edges; then the page
alone with 100,000 statements between 200 states. pyvis has its defaults: physics moves the nodes until they
rest, and it is given up after a minute. Prints milliseconds (the median of three, pyvis's of one where that
is long), bytes and ratios; it needs chromium and chromedriver.
"""

import shutil
import tempfile
from pathlib import Path
from statistics import median

from pyvis.network import Network
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from kg.graph import relation_graph
from kg.model import Statement
from kg.view import draw_page
from tests.graph.synthetic import generate

__all__ = ["main"]

SIZES = ((30, 12), (300, 60), (3000, 300))  # statements, which make about as many edges, and states
LARGE = (100_000, 200)
PATIENCE = 60_000.0  # milliseconds
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # pyvis asks a network for a style sheet: it fails at once
)
DRAWN = """
const done = arguments[1];
const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
const look = () => (window.stateRelations ? drawn() : setTimeout(look, 5));
look();
"""
AT_REST = """
const [done, patience] = [arguments[1], arguments[0]];
const rests = () => window.network?.physics.stabilized || performance.now() > patience;
const look = () => (rests() ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 5));
look();
"""
CHOSEN = """
const done = arguments[0];
const start = performance.now();
const [edge] = stateRelations.network.body.edgeIndices;
stateRelations.select("edge", edge).then(() => requestAnimationFrame(() => done(performance.now() - start)));
"""


def main() -> None:
    """Prints a line for each graph."""
    with tempfile.TemporaryDirectory() as folder:
        driver = _open_chromium()
        try:
            for number, states in SIZES:
                _compare(driver, Path(folder), number, states)
            statements, articles = generate(*LARGE)
            page = draw_page(statements, articles, Path(folder) / "large.html")
            drawn, read = _measure(driver, page, DRAWN), driver.execute_async_script(CHOSEN)
            print(
                f"{LARGE[0]} statements between {LARGE[1]} states: drawn after {drawn:.0f} ms, "
                f"an edge's sentences after {read:.0f} ms more, {_megabytes(page):.2f} MB"
            )
        finally:
            driver.quit()


def _compare(driver: webdriver.Chrome, folder: Path, number: int, states: int) -> None:
    statements, articles = generate(number, states)
    page = draw_page(statements, articles, folder / "page.html")
    plain = _draw_plainly(statements, folder / "pyvis.html")
    ours, theirs = _measure(driver, page, DRAWN), _measure(driver, plain, AT_REST)
    edges = relation_graph(statements).number_of_edges()
    print(
        f"{edges} edges, {states} states: page at rest after {ours:.0f} ms, pyvis "
        f"{'not yet' if theirs > PATIENCE else 'at rest'} after {theirs:.0f} ms (ratio {theirs / ours:.1f}); "
        f"{_megabytes(page):.2f} MB and {_megabytes(plain):.2f} MB "
        f"(ratio {_megabytes(page) / _megabytes(plain):.2f}, with the sentences in the page)"
    )


def _draw_plainly(statements: list[Statement], path: Path) -> Path:
    network = Network(directed=True, cdn_resources="in_line")
    graph = relation_graph(statements)
    for node, data in graph.nodes(data=True):
        network.add_node(node, label=data["labels"].get("en", node))
    for source, target, event_type in graph.edges(keys=True):
        network.add_edge(source, target, label=event_type)
    path.write_text(network.generate_html(notebook=False), encoding="utf-8")
    return path


def _open_chromium() -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_script_timeout(2 * PATIENCE / 1000)
    return driver


def _measure(driver: webdriver.Chrome, page: Path, script: str) -> float:
    """Milliseconds from asking for the page until the script is done: the median of three, or one if long."""
    times: list[float] = []
    while len(times) < 3 and max(times, default=0.0) < 10_000:
        driver.get("about:blank")
        driver.get(page.as_uri())
        times.append(float(driver.execute_async_script(script, PATIENCE)))
    return median(times)


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


if __name__ == "__main__":
    main()
