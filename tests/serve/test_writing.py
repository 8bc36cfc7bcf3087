"""Updates, where the server takes them, and what is written beside it."""

import json

import pytest

from kg.store.embedded import EmbeddedStore

UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
INSERT = "INSERT DATA { GRAPH graph:notes { actor:ZZA rdfs:comment 'noted' } }"


@pytest.fixture(scope="module")
def writable(start):
    return start("--writable")


def count(server, query):
    return len(json.loads(server.ask(query).body)["results"]["bindings"])


def update(server, sparql, **headers):
    return server.request("POST", "/update", sparql, Content_Type=UPDATE, **headers)


def test_an_update_is_seen_by_the_next_question(writable):
    noted = "SELECT * { ?actor rdfs:comment 'noted' }"
    assert count(writable, noted) == 0
    response = update(writable, INSERT)
    assert (response.status, response.body) == (204, b"")
    assert count(writable, noted) == 1
    form = writable.request("POST", "/update", "update=DROP+GRAPH+graph%3Anotes", Content_Type=FORM)
    assert form.status == 204
    assert count(writable, noted) == 0


def test_edges_follow_an_update(writable):
    edges = "SELECT * { GRAPH graph:edges { actor:ZZA sr:aids actor:ZZB } }"
    assert count(writable, edges) == 1
    denied = "DELETE { GRAPH ?g { ?s sr:status ?old } } INSERT { GRAPH ?g { ?s sr:status sr:denied } } WHERE "
    assert update(writable, denied + "{ GRAPH ?g { ?s sr:status ?old } }").status == 204
    assert count(writable, edges) == 0


def test_a_store_that_was_emptied_is_still_a_store(start):
    server = start("--writable")
    assert update(server, "CLEAR ALL").status == 204
    assert count(server, "SELECT ?s { ?s a sr:Statement }") == 0
    assert server.request("GET", "/.well-known/void").status == 200
    assert update(server, INSERT).status == 204


@pytest.mark.parametrize(
    ("sparql", "headers", "status", "reason"),
    [
        ("INSERT DATA { ?x a ?y }", {}, 400, "not SPARQL: line 1"),
        ("LOAD <http://127.0.0.1:1/>", {}, 403, "LOAD"),
        ("LOAD SILENT <file:///etc/passwd> INTO GRAPH <x:>", {}, 403, "LOAD"),
        ("INSERT { ?s a 1 } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", {}, 403, "SERVICE"),
        (INSERT, {"Origin": "https://example.org"}, 403, "https://example.org"),
        (INSERT, {"Origin": "null"}, 403, "null"),
    ],
)
def test_a_wrong_update_changes_nothing(writable, sparql, headers, status, reason):
    before = writable.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body
    response = update(writable, sparql, **headers)
    assert response.status == status
    assert reason in response.body.decode()
    assert writable.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body == before


def test_the_dataset_of_an_update_is_written_in_it(writable):
    response = writable.request("POST", "/update?using-graph-uri=x:g", INSERT, Content_Type=UPDATE)
    assert (response.status, b"USING" in response.body) == (400, True)


def test_an_update_that_takes_too_long_leaves_the_store_as_it_was(start):
    server = start("--writable", "--timeout", 2)
    endless = "INSERT { ?a ?e ?i } WHERE { GRAPH ?x { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }"
    assert update(server, f"INSERT DATA {{ GRAPH <x:> {{ <x:> <x:> 1 }} }} ; {endless}").status == 503
    assert count(server, "SELECT * { <x:> <x:> 1 }") == 0
    assert update(server, INSERT).status == 204


def test_what_another_process_builds_is_answered_without_a_new_start(server):
    with EmbeddedStore.open(server.store) as store:
        before = count(server, "SELECT * { actor:ZZA rdfs:comment 'built' }")
        store.update("INSERT DATA { GRAPH graph:notes { actor:ZZA rdfs:comment 'built' } }")
    assert (before, count(server, "SELECT * { actor:ZZA rdfs:comment 'built' }")) == (0, 1)


def test_the_store_of_another_writer_is_not_written(writable):
    with EmbeddedStore.open(writable.store):
        response = update(writable, INSERT)
    assert (response.status, b"another process is writing" in response.body) == (503, True)
