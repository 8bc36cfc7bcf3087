"""The page over the live store, which asks the server for the evidence of what is chosen."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from store_factory import ARTICLE, make_statement

from kg.store.embedded import EmbeddedStore
from kg.view.evidence import find_evidence

IDS = "return stateRelations.data.ids.toSorted()"
EDGE = "return stateRelations.network.body.edgeIndices[0]"


def asked(page):
    return [url for each in page.requests() if (url := urlsplit(each)).scheme.startswith("http")]


def test_page_asks_for_what_is_chosen(chromium, server):
    page = chromium.open(f"{server.url}graph?status=asserted")
    assert page.run(IDS) == ["s1", "s3"]
    assert [url.path for url in asked(page)] == []
    page.choose("edge", page.run(EDGE))
    told = set(page.text("blockquote").split("\n"))
    assert told == {make_statement().evidence.quote}
    [request] = asked(page)
    assert (request.path, sorted(parse_qs(request.query)["id"])) == ("/evidence", ["s1", "s3"])
    assert request.netloc == server.address.netloc
    assert page.complaints() == []


@pytest.mark.parametrize(
    ("query", "languages", "expected"),
    [("", "", "en"), ("", "ro-RO,ro;q=0.9", "ro"), ("", "fr, ro", "ro"), ("?interface=en", "ro", "en")],
)
def test_language_is_that_of_the_reader(server, query, languages, expected):
    page = server.request("GET", f"/graph{query}", Accept_Language=languages)
    assert (page.status, page.media) == (200, "text/html")
    assert f'<html lang="{expected}">' in page.body.decode()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("since=june", "'june' is no day"),
        ("statis=denied", "no filter statis: did you mean status?"),
        ("status=certain", "must be one of asserted"),
        ("between=RUS", "must be two actors"),
        ("steps=far", "steps is 'far', not a number"),
        ("focus=XQX", "no actor XQX"),
        ("type=PEACE", "PEACE"),
        ("interface=xx", "must be one of en, ro"),
    ],
)
def test_wrong_filter_is_named(server, query, reason):
    response = server.request("GET", f"/graph?{query}")
    assert (response.status, response.media) == (400, "text/plain")
    assert reason in response.body.decode()


def test_evidence_is_that_of_the_store(server):
    response = server.request("GET", "/evidence?id=s1&id=s3&id=none&id=x%3E%20%7D%20DROP%20ALL%20%23")
    with EmbeddedStore.open(server.store, read_only=True) as store:
        assert json.loads(response.body) == json.loads(json.dumps(find_evidence(store, ["s1", "s3"])))


def test_evidence_of_too_many_is_refused(server):
    response = server.request("GET", f"/evidence?{urlencode({'id': range(1001)}, doseq=True)}")
    assert (response.status, b"ask for 1000 at most" in response.body) == (400, True)


def test_page_and_editor_lead_to_each_other(chromium, server):
    page = chromium.open(f"{server.url}graph")
    assert page.find("#editor")[0].get_attribute("href") == server.url
    chromium.driver.get(server.url)
    assert page.find("nav a")[0].get_attribute("href") == f"{server.url}graph"


def test_what_is_stored_later_is_on_the_page(start, chromium):
    server = start()
    with EmbeddedStore.open(server.store) as store:
        store.replace(replace(ARTICLE, id="a3"), [make_statement("s4", article="a3")])
    assert "s4" in chromium.open(f"{server.url}graph").run(IDS)
