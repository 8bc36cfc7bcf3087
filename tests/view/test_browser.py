"""The page in a real browser: what a reader sees and does, and what nothing may do."""

from html import escape
from itertools import combinations

import pytest
from selenium.common.exceptions import JavascriptException
from selenium.webdriver.support.expected_conditions import alert_is_present
from synthetic import generate, statement

from kg.model import Article, Status
from kg.view import draw_page

SHOWN = """
const { body } = stateRelations.network;
return body.{0}Indices.filter((id) => !body.{0}s[id].options.hidden);
"""
INKED = """
const canvas = document.querySelector("#graph canvas");
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
return data.filter((value, index) => index % 4 === 3 && value > 0).length;
"""
MIDDLE = """
const { network } = stateRelations;
const [from, to] = arguments;
const edge = Object.values(network.body.edges).find(({ fromId, toId }) => fromId === from && toId === to);
return network.canvasToDOM(edge.edgeType.getPoint(0.35));
"""
BOXES = """
const { network } = stateRelations;
return network.body.nodeIndices.map((id) => {
  const { x, y, shape } = network.body.nodes[id];
  const [wide, high] = [shape.width / 2, shape.height / 2];
  return { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
});
"""
NO_TELLING = "return performance.getEntriesByType('resource').length"


def shown(page, kind):
    return page.run(SHOWN.replace("{0}", kind))


def test_states_and_their_relations_are_drawn(page):
    assert len(shown(page, "node")) == 16
    assert len(shown(page, "edge")) >= 40
    inked = page.run(INKED)
    assert inked > 5000
    assert page.complaints() == []


def test_click_on_an_edge_shows_its_sentence(chromium, tmp_path):
    path = draw_page(
        [statement("a", "PRK", "RUS", text=", a declarat Șoigu.", status=Status.PLANNED)],
        {"a": Article("a", "", "ro", "Geniști pentru Kursk", "Agenția", "2025-06", "https://example.org/a")},
        tmp_path / "graph.html",
        language="ro",
    )
    page = chromium.open(path)
    page.click_canvas(page.run(MIDDLE, "PRK", "RUS"))
    page.wait("return document.querySelector('blockquote')")
    assert page.text("#panel h2") == "Coreea de Nord → Rusia"
    assert page.text("blockquote") == "Coreea de Nord trimite geniști – Rusia, a declarat Șoigu."
    marks = {name: page.text(f"blockquote mark.{name}") for name in ("subject", "relation", "object")}
    assert marks == {"subject": "Coreea de Nord", "relation": "trimite", "object": "Rusia"}
    assert "plănuit" in page.text(".card .facts")
    assert "Geniști pentru Kursk · Agenția · iun. 2025" in page.text(".card")
    assert page.find(".card a")[0].get_attribute("href") == "https://example.org/a"


def test_click_on_a_node_shows_all_its_sentences(page):
    page.click_canvas(
        page.run("return stateRelations.network.canvasToDOM(stateRelations.network.getPosition('RUS'))")
    )
    assert page.text("#panel h2") == "Rusia"
    told = [each for each in generate(60, 16)[0] if "RUS" in (each.source, each.target)]
    page.wait("return document.querySelector('.card')")
    while page.find("#cards .more"):
        shown_before = len(page.find(".card"))
        page.press("#cards .more")
        page.wait("return document.querySelectorAll('.card').length > arguments[0]", shown_before)
    assert len(page.find(".card")) == len(told)


def test_labels_of_forty_nodes_do_not_overlap(chromium, tmp_path):
    statements, articles = generate(140, 40)
    page = chromium.open(draw_page(statements, articles, tmp_path / "graph.html"))
    page.run("stateRelations.network.redraw()")
    boxes = page.run(BOXES)
    assert len(boxes) == 40
    for a, b in combinations(boxes, 2):
        apart = (
            a["right"] <= b["left"]
            or b["right"] <= a["left"]
            or a["bottom"] <= b["top"]
            or b["bottom"] <= a["top"]
        )
        assert apart, (a, b)


def test_filter_leaves_only_edges_of_the_type(page):
    before = len(shown(page, "edge"))
    page.press("#types [data-value=AID]")
    types = {edge.split("|")[1] for edge in shown(page, "edge")}
    assert 0 < len(shown(page, "edge")) < before
    assert types == {"AID"}
    page.press("#reset")
    assert len(shown(page, "edge")) == before


def test_filter_by_status_narrows_the_table(page):
    page.press("[data-view=table]")
    page.wait("return document.querySelector('#table tbody tr')")
    every = len(page.find("#table tbody tr"))
    page.press("#statuses [data-value=planned]")
    page.wait("return document.querySelector('#table tbody tr')")
    statuses = {row.text.split(",")[0] for row in page.find("#table tbody tr td:nth-child(4)")}
    assert statuses == {"plănuit"}
    assert len(page.find("#table tbody tr")) < every == 60


def test_search_needs_no_diacritics_and_takes_either_language(page):
    for query in ("arabia saudita", "saudi arab"):
        box = page.find("#search")[0]
        box.clear()
        box.send_keys(query)
        page.wait("return stateRelations.state.query === arguments[0]", query)
        assert "SAU" in shown(page, "node")
        assert 1 < len(shown(page, "node")) < 16


def test_search_without_a_match_says_so(page):
    assert not page.find("#nothing")[0].is_displayed()
    page.find("#search")[0].send_keys("Atlantida")
    page.wait("return stateRelations.state.query === 'Atlantida'")
    assert page.text("#nothing") == "Nimic nu corespunde filtrelor."
    assert shown(page, "node") == []


def test_reading_as_told_has_things_between_states(page):
    page.press("[data-reading=told]")
    labels = page.run(
        "return Object.values(stateRelations.network.body.nodes).map((node) => node.options.label)"
    )
    assert {"geniști", "Coreea de Nord"} <= set(labels)


def test_language_of_the_interface_changes(page):
    assert page.text("#title") == "Relații între state"
    page.press("[data-language=en]")
    assert page.text("#title") == "Relations between states"
    assert page.text("[data-view=table]") == "Table"
    assert "North Korea" in page.run(
        "return Object.values(stateRelations.network.body.nodes).map((node) => node.options.label)"
    )
    assert page.run("return document.documentElement.lang") == "en"


def test_table_gives_every_sentence_to_the_keyboard(page):
    page.press("[data-view=table]")
    page.wait("return document.querySelector('#table tbody button')")
    page.find("#table tbody button")[0].send_keys("\n")
    page.wait("return document.querySelector('blockquote') && document.querySelector('#table tbody q')")
    assert page.text("blockquote") == page.text("#table tbody tr:first-child q")


def test_escape_closes_what_was_chosen(page):
    page.choose("node", "RUS")
    page.find("body")[0].send_keys("\ue00c")
    assert page.run("return stateRelations.state.selection") is None
    assert page.find(".card") == []


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_nothing_is_wider_than_the_screen(chromium, drawn, width):
    page = chromium.open(drawn, width, 844)
    assert page.run("return document.documentElement.scrollWidth") <= width


def test_page_works_in_the_frame_of_a_notebook(chromium, drawn, tmp_path):
    framed = tmp_path / "framed.html"
    source = escape(drawn.read_text("utf-8"))
    framed.write_text(f'<iframe srcdoc="{source}" sandbox="allow-scripts" width="900" height="600">', "utf-8")
    chromium.driver.get(framed.as_uri())
    chromium.driver.switch_to.frame(0)
    chromium.wait("return Boolean(window.stateRelations)")
    assert len(shown(chromium, "node")) == 16
    chromium.press("[data-reading=told]")
    assert chromium.run("return stateRelations.state.reading") == "told"
    chromium.driver.switch_to.default_content()


def test_nothing_is_asked_of_the_network(page):
    page.press("[data-reading=told]")
    page.choose("node", "RUS")
    assert page.run(NO_TELLING) == 0
    assert page.requests() == []


HOSTILE = (
    "<script>window.__pwned = 1</script>",
    "</script><script>window.__pwned = 1</script>",
    "<img src=x onerror='window.__pwned = 1'>",
    "\u2028window.__pwned = 1\u2029",
    "<!--<script>",
    '"]};window.__pwned=1;//',
    "{{ 7 * 7 }}<b>bold</b>&lt;",
)


def test_nothing_from_an_article_runs(chromium, tmp_path):
    statements, articles = [], {}
    for number, text in enumerate(HOSTILE):
        name = f"{text}{number}"
        articles[name] = Article(name, text, "ro", text, text, "2025-06-17", "javascript:window.__pwned=1")
        statements.append(statement(name, "RUS", "UKR", text=text))
    path = draw_page(statements, articles, tmp_path / "graph.html", title=HOSTILE[1])
    page = chromium.open(path)
    assert page.text("#title") == HOSTILE[1]
    page.choose("node", "RUS")
    quotes = [element.get_property("textContent") for element in page.find("blockquote")]
    assert quotes == [f"Rusia trimite geniști – Ucraina{text}" for text in HOSTILE]
    assert page.find("#panel a, #panel img, #panel script, #panel b b") == []
    page.press("[data-view=table]")
    page.press("[data-view=graph]")
    page.press("[data-reading=told]")
    assert page.run("return window.__pwned") is None
    assert not alert_is_present()(page.driver)
    assert page.requests() == []
    assert page.complaints() == []


def test_policy_stops_markup_and_scripts_that_got_in(page):
    with pytest.raises(JavascriptException, match="TrustedHTML"):
        page.run("document.body.innerHTML = '<img src=x onerror=\"window.__pwned=1\">'")
    with pytest.raises(JavascriptException, match="TrustedScript"):
        page.run("document.createElement('script').textContent = 'window.__pwned=1'")
    assert page.run("return window.__pwned") is None
