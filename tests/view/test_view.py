"""The page's data and its HTML, without a browser."""

import hashlib
import re
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from packed import unpack_data, unpack_evidence
from synthetic import generate, statement

from kg.graph import relation_graph, telling_graph
from kg.lexicon import languages
from kg.model import Argument, Article, Mention, MentionKind, Role, Span, Status
from kg.store import EmbeddedStore
from kg.view import draw_page, render_page, vendor
from kg.view.evidence import mark_quote
from kg.view.layout import place
from kg.view.network import draw_network
from kg.view.packing import CHUNK, describe_columns
from kg.view.page import draw_latest, read_interfaces


def test_vendored_script_is_the_published_one():
    assert vendor.checksum() == vendor.SHA256
    assert f"@version {vendor.VERSION}" in vendor.read_vis_network()[:400]
    assert "sourceMappingURL" not in vendor.read_vis_network()


def test_axe_is_the_published_one():
    vendored = Path(__file__).parent / "vendor"
    digest = hashlib.sha256((vendored / "axe.min.js").read_bytes()).hexdigest()
    assert digest in (vendored / "README.md").read_text()


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
    asked = set(re.findall(r'data-(?:word|label)="(\w+)"', html)) | set(
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
    assert html.count("</script>") == 4
    assert "alert(1)" not in html
    assert "\u2028" not in html
    assert "<title>&lt;b&gt;&amp;&#34;&#39;</title>" in html
    assert unpack_evidence(html)["articles"]["a"]["title"] == "<script>alert(1)</script>"


def test_only_web_links_are_links():
    html = render_page(
        [statement(name, "PRK", "RUS") for name in "abc"],
        {
            name: Article(name, "", url=url)
            for name, url in zip("abc", ("https://x.ro", "javascript:x", "file:///x"), strict=True)
        },
    )
    articles = unpack_evidence(html)["articles"]
    assert [articles[name]["url"] for name in "abc"] == ["https://x.ro", None, None]


def test_evidence_is_in_chunks_in_the_order_of_the_rows():
    statements, articles = generate(2 * CHUNK + 1, 6)
    html = render_page(statements, articles)
    told_in = [each["article"] for number in range(3) for each in unpack_evidence(html, number)["statements"]]
    ids = unpack_data(html)["ids"]
    assert told_in == [id_.rsplit("-", 3)[0] for id_ in ids]
    assert sorted(ids) == sorted(each.id for each in statements)
    assert 'data-chunk="3"' not in html


def test_page_of_a_server_carries_no_evidence():
    html = render_page([statement("a", "PRK", "RUS")], {}, evidence_url="/evidence")
    assert "data-chunk=" not in html.partition("<script>")[0]
    assert "connect-src 'self'" in html
    assert unpack_data(html)["evidence_url"] == "/evidence"


def test_columns_say_what_the_statements_say():
    told = statement("a", "PRK", "RUS", status=Status.PLANNED, confidence=0.75)
    article = Article("a", "", "ro", publisher="Agenția", published="1970-02")
    data = describe_columns([told, replace(told, id="b", target=None)], {"a": article}, {})
    first, second = ({name: values[row] for name, values in data["columns"].items()} for row in (0, 1))
    assert data["actors"][first["target"]] == {"id": "RUS", "labels": {"en": "Russia", "ro": "Rusia"}}
    assert second["target"] == -1
    assert data["statuses"][first["status"]] == "planned"
    assert data["publishers"][first["publisher"]] == "Agenția"
    assert data["relations"][first["relation"]] == "sr:sendsPersonnelTo"
    assert (first["day"], first["confidence"], first["stance"], first["negative"]) == (31, 75, 0, 0)
    assert {data["actors"][number]["id"] for number in first["names"]} == {"PRK", "RUS"}


def test_no_two_neighbours_are_level():
    statements, _ = generate(200, 30)
    network = draw_network(relation_graph(statements), "en", {each.id: 0 for each in statements})
    levels = {node["id"]: node["y"] for node in network.nodes}
    assert all(isinstance(level, int) for level in levels.values())
    assert [edge for edge in network.edges if levels[edge["from"]] == levels[edge["to"]]] == []


def test_large_graph_is_placed():
    statements, _ = generate(400, 120)
    numbers = {each.id: number for number, each in enumerate(statements)}
    for graph in (relation_graph(statements), telling_graph(statements)):
        assert len(draw_network(graph, "en", numbers).nodes) == len(graph)


def test_page_of_a_large_store_shows_what_was_published_last(tmp_path):
    statements, articles = generate(40, 12)
    told = Counter(each.evidence.span.article for each in statements)
    latest = sorted(articles.values(), key=lambda each: (each.published or "", each.id), reverse=True)
    with EmbeddedStore.open(tmp_path / "store") as store:
        store.load(
            (article, [each for each in statements if each.evidence.span.article == article.id])
            for article in articles.values()
        )
        page = tmp_path / "folder" / "graph.html"
        assert draw_latest(store, page, 1000) == 40
        shown = unpack_evidence(page.read_text("utf-8"))["articles"]
        assert len(shown) == len(told)
        number = told[latest[0].id] + told[latest[1].id]
        assert draw_latest(store, page, number) == number
        evidence = unpack_evidence(page.read_text("utf-8"))
        assert len(evidence["statements"]) == number
        assert set(evidence["articles"]) == {article.id for article in latest[:2] if told[article.id]}
