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
    assert count(writable, "SELECT ?s { ?s a sr:Event }") == 0


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


@pytest.mark.parametrize(
    ("parameters", "sparql", "left"),
    [
        (
            "using-graph-uri=x:a",
            "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { ?s ?p ?o BIND(?o AS ?g) }",
            {"b", "c"},
        ),
        ("using-graph-uri=x:a&using-graph-uri=x:b", "WITHOUT", {"c"}),
        ("using-named-graph-uri=x:c", "DELETE WHERE { GRAPH ?g { ?s <x:in> ?o } }", {"a", "b"}),
        ("using-graph-uri=x:a", "DELETE WHERE { GRAPH <x:a> { ?s <x:in> ?o } }", {"a", "b", "c"}),
        (
            "using-named-graph-uri=x:b",
            "DELETE{GRAPH<x:b>{?s ?p ?o}}WHERE{GRAPH ?g {?s ?p ?o FILTER(?o<5||?o>?s||1=1)}}",
            {"a", "c"},
        ),
    ],
)
def test_an_update_may_be_given_its_dataset(writable, parameters, sparql, left):
    if sparql == "WITHOUT":
        sparql = "DELETE { GRAPH ?o { ?s ?p ?o } } # WHERE\nWHERE { ?s ?p ?o FILTER('WHERE' != '}') }"
    data = " ".join(f"GRAPH <x:{each}> {{ <x:s> <x:in> <x:{each}> }}" for each in "abc")
    assert update(writable, f"INSERT DATA {{ {data} }}").status == 204
    changed = writable.request("POST", f"/update?{parameters}", sparql, Content_Type=UPDATE)
    assert (changed.status, changed.body) == (204, b"")
    found = json.loads(writable.ask("SELECT ?o { ?s <x:in> ?o }").body)["results"]["bindings"]
    assert {row["o"]["value"] for row in found} == {f"x:{each}" for each in left}


@pytest.mark.parametrize(
    ("sparql", "reason"),
    [
        ("WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "by WITH in the update and by parameters"),
        ("DELETE { ?s ?p ?o } USING <x:g> WHERE { ?s ?p ?o }", "by USING in the update"),
        ("DELETE WHERE {", "not SPARQL: line 1"),
    ],
)
def test_a_dataset_is_given_once(writable, sparql, reason):
    response = writable.request("POST", "/update?using-graph-uri=x:g", sparql, Content_Type=UPDATE)
    assert (response.status, reason in response.body.decode()) == (400, True)


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { GRAPH graph:edges { <x:s> <x:p> 1 } }",
        "PREFIX g: <graph/> INSERT { GRAPH g:claims { ?s ?p 1 } } WHERE { ?s ?p ?o }",
        "BASE <https://w3id.org/state-relations/graph/> CLEAR SILENT GRAPH <edges>",
        "WITH graph:edges DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT DATA { <x:s> <x:p> 1 } ; DELETE WHERE { GRAPH <graph/\\u0065dges> { ?s ?p ?o } }",
        "COPY graph:mine TO GRAPH graph:store",
        "MOVE graph:ontology TO graph:mine",
        "DROP GRAPH graph:actors",
    ],
)
def test_what_the_store_makes_itself_is_not_written_to(writable, sparql):
    before = writable.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body
    response = update(writable, sparql)
    assert response.status == 403
    assert b"is made by the store itself, and what is written into it would be lost" in response.body
    assert writable.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body == before


def test_what_the_store_makes_itself_can_be_read_by_an_update(writable):
    claims = count(writable, "SELECT * { GRAPH graph:claims { ?s ?p ?o } }")
    assert claims > 0
    copied = "COPY GRAPH graph:claims TO GRAPH graph:mine; "
    copied += "INSERT { GRAPH graph:mine { graph:claims rdfs:label ?n } } USING graph:claims "
    copied += "WHERE { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }"
    assert update(writable, copied).status == 204
    assert count(writable, "SELECT * { GRAPH graph:mine { ?s ?p ?o } }") == claims + 1
    assert count(writable, f"SELECT * {{ graph:claims rdfs:label {claims} }}") == 1
    assert update(writable, "DROP GRAPH graph:mine").status == 204


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
