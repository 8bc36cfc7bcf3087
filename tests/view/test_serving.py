"""A page over a live store asks the server for the evidence of what is chosen, and for nothing else."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from synthetic import generate, statement

from kg.store.embedded import EmbeddedStore
from kg.view import render_page
from kg.view.evidence import describe_evidence, find_evidence


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    statements, articles = generate(60, 16)
    with EmbeddedStore.open(tmp_path_factory.mktemp("store") / "store") as opened:
        for each in statements:
            opened.replace(articles[each.evidence.span.article], [each])
        yield opened


@pytest.fixture
def server(store):
    """The address of a server of the page of the store, and the ids that it was asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            address = urlsplit(self.path)
            if address.path == "/evidence":
                ids = parse_qs(address.query)["id"]
                asked.extend(ids)
                kind, body = "application/json", json.dumps(find_evidence(store, ids))
            else:
                articles = {article.id: article for article in store.articles()}
                page = render_page(store.statements(), articles, language="ro", evidence_url="/evidence")
                kind, body = "text/html; charset=utf-8", page
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_port}/", asked
    serving.shutdown()
    serving.server_close()


def test_evidence_of_a_store_is_that_of_the_page(store):
    statements, articles = generate(60, 16)
    some = statements[3:6]
    assert find_evidence(store, [*(each.id for each in some), "none"]) == describe_evidence(some, articles)


def test_no_id_is_a_query_of_its_own(store):
    assert find_evidence(store, ["x> } DROP ALL #", ""]) == {"articles": {}, "statements": []}


def test_page_asks_for_what_is_chosen(chromium, server):
    address, asked = server
    page = chromium.open(address)
    assert asked == []
    edge = page.run("return stateRelations.network.body.edgeIndices[0]")
    page.choose("edge", edge)
    source, _, target = edge.split("|")
    told = [each for each in generate(60, 16)[0] if each.id in asked]
    assert {(each.source, each.target) for each in told} == {(source, target)}
    assert set(page.text("blockquote").split("\n")) == {each.evidence.quote for each in told}
    before = list(asked)
    page.choose("edge", edge)
    assert asked == before
    assert page.complaints() == []


def test_page_whose_server_is_gone_says_so(chromium, tmp_path):
    path = tmp_path / "graph.html"
    path.write_text(render_page([statement("a", "PRK", "RUS")], {}, evidence_url="/evidence"))
    page = chromium.open(path)
    page.choose("node", "PRK")
    assert page.text("[role=alert]") == "The server gives no answer."
