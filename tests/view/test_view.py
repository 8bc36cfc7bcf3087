"""The page's data and its HTML, without a browser."""

import json
import re
from itertools import combinations

import networkx as nx
import pytest
from synthetic import generate, statement

from kg.graph import relation_graph, telling_graph
from kg.lexicon import languages
from kg.model import Argument, Article, Mention, MentionKind, Role, Span, Status
from kg.view import draw_page, render_page, vendor
from kg.view.evidence import mark_quote
from kg.view.layout import place
from kg.view.network import draw_network
from kg.view.page import read_interfaces


def test_vendored_script_is_the_published_one():
    assert vendor.checksum() == vendor.SHA256
    assert f"@version {vendor.VERSION}" in vendor.read_vis_network()[:400]
    assert "sourceMappingURL" not in vendor.read_vis_network()


def test_quote_is_whole_and_marked():
    pieces = mark_quote(statement("a", "PRK", "RUS", text=", zice TASS."))
    assert "".join(text for text, _ in pieces) == "Coreea de Nord trimite geniști – Rusia, zice TASS."
    assert [(text, mark) for text, mark in pieces if mark] == [
        ("Coreea de Nord", "subject"),
        ("trimite", "relation"),
        ("geniști", "argument"),
        ("Rusia", "object"),
    ]


def test_mention_in_another_sentence_is_not_marked():
    told = statement("a", "PRK", "RUS")
    outside = Mention(Span("a", 900, 905), "Rusia", MentionKind.NAME)
    elsewhere = Mention(Span("b", 0, 5), "Rusia", MentionKind.NAME)
    for mention in (outside, elsewhere):
        changed = statement("a", "PRK", "RUS", arguments=(Argument(Role.OBJECT, mention),))
        assert {mark for _, mark in mark_quote(changed)} == {None, "relation"}
    assert told.evidence.quote == "".join(text for text, _ in mark_quote(told))


@pytest.mark.parametrize("seed", range(5))
def test_boxes_do_not_overlap(seed):
    graph = nx.MultiDiGraph(nx.gnm_random_graph(60, 90, seed=seed, directed=True).edges)
    boxes = {node: (60 + 7 * (node % 13), 38) for node in graph}
    places = place(graph, boxes)
    assert places.keys() == set(graph)
    for a, b in combinations(graph, 2):
        across, down = (abs(places[a][axis] - places[b][axis]) for axis in (0, 1))
        assert across >= (boxes[a][0] + boxes[b][0]) / 2 or down >= (boxes[a][1] + boxes[b][1]) / 2


def test_same_statements_same_page():
    statements, articles = generate(40, 12)
    assert render_page(statements, articles) == render_page(statements, articles)


def test_parallel_edges_fan_out():
    both = [
        statement("a", *ends, relation)
        for ends in (("PRK", "RUS"), ("RUS", "PRK"))
        for relation in ("attacks", "visits")
    ]
    network = draw_network(relation_graph(both), "ro", {each.id: number for number, each in enumerate(both)})
    curves = set()
    for edge in network.edges:
        turn = 1 if edge["smooth"]["type"] == "curvedCW" else -1
        curves.add(turn * edge["smooth"]["roundness"] * (1 if edge["from"] == "PRK" else -1))
    assert len(curves) == 4


def test_interfaces_have_the_same_words():
    interfaces = read_interfaces()
    assert interfaces.keys() == set(languages())

    def keys(table):
        return {
            key: keys(value) if isinstance(value, dict) and key != "counts" else None
            for key, value in table.items()
        }

    assert all(keys(table) == keys(interfaces["en"]) for table in interfaces.values())
    assert all(set(table["status"]) == set(Status) for table in interfaces.values())


def test_words_of_the_page_are_in_the_tables():
    html = render_page([], {})
    asked = set(re.findall(r'data-(?:word|label|placeholder)="(\w+)"', html)) | set(
        re.findall(r'\bword\("(\w+)"\)', html)
    )
    assert asked <= set(read_interfaces()["en"]["words"])


def test_page_without_statements_is_a_page(tmp_path):
    path = draw_page([], {}, tmp_path / "graph.html", title="Nimic")
    assert "<title>Nimic</title>" in path.read_text("utf-8")


def test_page_loads_nothing(tmp_path):
    statements, articles = generate(20, 8)
    html = draw_page(statements, articles, tmp_path / "graph.html").read_text("utf-8")
    assert (
        re.findall(
            r"<(?:link|img|iframe|object|embed|base)\b|<script[^>]*\bsrc=|@import|url\(",
            html.split("<script", 1)[0],
        )
        == []
    )
    assert re.findall(r"<script[^>]*\bsrc=", html) == []
    assert "connect-src 'none'" in html


def test_script_in_a_title_is_text():
    told = statement("a", "PRK", "RUS", text="</script>\u2028")
    html = render_page([told], {"a": Article("a", "", title="<script>alert(1)</script>")}, title="<b>&\"'")
    assert html.count("</script>") == 3
    assert "<script>alert" not in html
    assert "\u2028" not in re.search(r'id="data">(.*?)</script>', html)[1]
    assert "<title>&lt;b&gt;&amp;&#34;&#39;</title>" in html


def test_only_web_links_are_links():
    data = render_page(
        [statement(name, "PRK", "RUS") for name in "abc"],
        {
            name: Article(name, "", url=url)
            for name, url in zip("abc", ("https://x.ro", "javascript:x", "file:///x"), strict=True)
        },
    )
    articles = json.loads(re.search(r'id="data">(.*?)</script>', data)[1])["articles"]
    assert [articles[name]["url"] for name in "abc"] == ["https://x.ro", None, None]


def test_no_two_nodes_are_level():
    statements, _ = generate(60, 30)
    network = draw_network(relation_graph(statements), "en", {each.id: 0 for each in statements})
    assert len({node["y"] for node in network.nodes}) == 30


def test_large_graph_is_placed():
    statements, _ = generate(400, 120)
    numbers = {each.id: number for number, each in enumerate(statements)}
    for graph in (relation_graph(statements), telling_graph(statements)):
        assert len(draw_network(graph, "en", numbers).nodes) == len(graph)
