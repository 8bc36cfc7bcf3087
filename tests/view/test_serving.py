"""The evidence that a page over a live store asks for."""

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


def test_evidence_of_a_store_is_that_of_the_page(store):
    statements, articles = generate(60, 16)
    some = statements[3:6]
    assert find_evidence(store, [*(each.id for each in some), "none"]) == describe_evidence(some, articles)


def test_no_id_is_a_query_of_its_own(store):
    assert find_evidence(store, ["x> } DROP ALL #", ""]) == {"articles": {}, "statements": []}


def test_page_whose_server_is_gone_says_so(chromium, tmp_path):
    path = tmp_path / "graph.html"
    path.write_text(render_page([statement("a", "PRK", "RUS")], {}, evidence_url="/evidence"))
    page = chromium.open(path)
    page.choose("node", "PRK")
    assert page.text("[role=alert]") == "The server gives no answer."
