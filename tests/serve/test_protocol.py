"""Requests in every form that the SPARQL 1.1 Protocol knows, and in forms that nobody may send."""

import gzip
import http.client
import io
import json
import time
from contextlib import closing
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import rdflib

from kg.ontology import article_iri
from kg.sparql import names_dataset

FORM = "application/x-www-form-urlencoded"
SPARQL = "application/sparql-query"
JSON = "application/sparql-results+json"
ASK = "ASK {}"
STATEMENTS = "SELECT ?s { ?s a sr:Statement }"
FIRST, SECOND = article_iri("a1"), article_iri("a2")


def rows(response):
    assert response.status == 200, response.body
    return json.loads(response.body)["results"]["bindings"]


@pytest.mark.parametrize(
    ("method", "path", "body", "headers"),
    [
        ("GET", f"/query?{urlencode({'query': ASK})}", None, {}),
        ("GET", f"/query?{urlencode({'query': ASK, 'unknown': 'parameter'})}", None, {}),
        ("POST", "/query", urlencode({"query": ASK}), {"Content_Type": FORM}),
        ("POST", "/query", urlencode({"query": ASK}), {"Content_Type": f"{FORM}; charset=UTF-8"}),
        ("POST", "/query", ASK, {"Content_Type": SPARQL}),
        ("POST", "/query", ASK, {"Content_Type": f'{SPARQL.upper()};charset="utf-8"'}),
        ("POST", f"/query?{urlencode({'default-graph-uri': FIRST})}", ASK, {"Content_Type": SPARQL}),
    ],
)
def test_a_query_is_answered_however_it_is_sent(server, method, path, body, headers):
    response = server.request(method, path, body, Accept=JSON, **headers)
    assert (response.status, response.media) == (200, JSON)
    assert json.loads(response.body)["boolean"] is True


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "reason"),
    [
        ("PUT", "/query", ASK, {"Content_Type": SPARQL}, 405, ""),
        ("DELETE", "/query", None, {}, 405, ""),
        ("GET", "/update", None, {}, 405, ""),
        ("GET", f"/query?{urlencode([('query', ASK), ('query', ASK)])}", None, {}, 400, "one query, not 2"),
        ("POST", "/query", "", {"Content_Type": FORM}, 400, "one query, not 0"),
        ("POST", "/query", urlencode({"update": "CLEAR ALL"}), {"Content_Type": FORM}, 400, "one query"),
        ("POST", "/query", ASK, {}, 415, SPARQL),
        ("POST", "/query", ASK, {"Content_Type": "text/plain"}, 415, "not text/plain"),
        ("POST", "/query", "CLEAR ALL", {"Content_Type": "application/sparql-update"}, 415, SPARQL),
        ("POST", "/query", ASK, {"Content_Type": f"{SPARQL}; charset=latin-1"}, 415, "not latin-1"),
        ("POST", "/query", "ASK {?s ?p 'ă'}".encode("cp1250"), {"Content_Type": SPARQL}, 400, "byte 12 is"),
        ("POST", "/query", b"query=%FF", {"Content_Type": FORM}, 400, "not UTF-8"),
        ("GET", "/query?query=%FF", None, {}, 400, "not UTF-8"),
        ("GET", "/query?query=ASK%20%00%7B%7D", None, {}, 400, "not SPARQL: line 1"),
        ("GET", "/query?query=", None, {}, 400, "not SPARQL: line 1"),
        ("GET", f"/query?{'a=&' * 2000}query=ASK", None, {}, 400, "1000 parameters"),
        ("GET", f"/query?query={quote('ASK {')}", None, {}, 400, "not SPARQL: line 1, column 6"),
        ("GET", f"/query?query={quote('SELECT *')}{quote(chr(10))}WHERE", None, {}, 400, "line 2, column 6"),
        ("GET", f"/query?query={quote('ASK { ?s no:such 1 }')}", None, {}, 400, "prefix is not declared"),
        ("GET", f"/query?query={quote(ASK)}&default-graph-uri=a%20b", None, {}, 400, "absolute IRI"),
        ("GET", f"/query?query={quote(ASK)}", None, {"Accept": "image/png"}, 406, "text/csv"),
        ("GET", f"/query?query={quote(ASK)}", None, {"Accept": "text/turtle"}, 406, JSON),
        ("GET", f"/query?query={quote('DESCRIBE <x:>')}", None, {"Accept": JSON}, 406, "text/turtle"),
        ("GET", "/query", None, {"Accept": "image/png"}, 406, "text/turtle"),
        ("GET", f"/query?query={quote('ASK {}')}{'+' * 2**19}", None, {}, 414, "524288 bytes; send"),
        ("POST", "/query", ASK + " " * 2**23, {"Content_Type": SPARQL}, 413, "8388608 bytes"),
        ("POST", "/update", "CLEAR ALL", {"Content_Type": "application/sparql-update"}, 403, "--writable"),
        ("GET", "/nothing", None, {}, 404, ""),
        ("GET", "/static/../app.py", None, {}, 404, ""),
        ("GET", "/", None, {"Host": "example.org"}, 421, "localhost only"),
    ],
)
def test_a_wrong_request_is_refused_with_its_reason(server, method, path, body, headers, status, reason):
    response = server.request(method, path, body, **headers)
    assert response.status == status
    assert reason in response.body.decode()
    assert "Traceback" not in response.body.decode()
    assert response.media == "text/plain"


def test_garbage_that_is_no_http_ends_the_connection_only(server):
    with server.connect(b"\x00\xff SPARQL please\r\n\r\n") as connection:
        assert connection.recv(4096).startswith(b"HTTP/1.1 400")
    assert server.ask(ASK).status == 200


@pytest.mark.parametrize(
    ("accept", "query", "media"),
    [
        ("", ASK, JSON),
        ("*/*", ASK, JSON),
        ("nonsense", ASK, None),
        ("text/csv;q=0.9, application/sparql-results+xml", ASK, "application/sparql-results+xml"),
        ("application/json", ASK, JSON),
        ("application/xml;q=0.5, text/*;q=0.4", ASK, "application/sparql-results+xml"),
        ("*/*;q=0.1, text/tab-separated-values", ASK, "text/tab-separated-values"),
        (f"{JSON};q=0, */*", ASK, "application/sparql-results+xml"),
        ("", "DESCRIBE actor:ZZA", "text/turtle"),
        ("application/ld+json;q=0.8, text/turtle;q=0.7", "DESCRIBE actor:ZZA", "application/ld+json"),
        ("TEXT/TURTLE ; Q=0.3", "DESCRIBE actor:ZZA", "text/turtle"),
    ],
)
def test_the_form_that_the_client_likes_best_is_sent(server, accept, query, media):
    response = server.ask(query, accept)
    assert (response.media if response.status == 200 else None) == media


TERMS = """SELECT ?n ?term { VALUES (?n ?term) {
  (1 <https://example.org/?a&b>) (2 "a,\\t\\"b\\"\\r\\n <c> & 'd'"@ro)
  (3 1.50) (4 "2025-06-17"^^xsd:date) (5 UNDEF)
  (6 "") (7 "𝕏 ș") } } ORDER BY ?n"""


@pytest.mark.parametrize("media", [JSON, "application/sparql-results+xml", "text/tab-separated-values"])
def test_tables_hold_the_same_terms_in_every_form(server, media):
    query = TERMS
    expected = [(row["n"], row["term"]) for row in ox.Store().query(f"PREFIX xsd: <{rdflib.XSD}> {query}")]
    response = server.ask(query, media)
    form = ox.QueryResultsFormat.from_media_type(media)
    assert [(row["n"], row["term"]) for row in ox.parse_query_results(response.body, format=form)] == expected
    if "tab" not in media:
        read = rdflib.query.Result.parse(io.BytesIO(response.body), format=media.rpartition("+")[2])
        assert [str(row.term) for row in read if row.term is not None] == [
            term.value for _, term in expected if term is not None
        ]


def test_csv_has_bare_values(server):
    response = server.ask(TERMS, "text/csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.body.decode().splitlines()[:2] == ["n,term", "1,https://example.org/?a&b"]
    assert '2,"a,\t""b""\r\n <c> & \'d\'"\r\n' in response.body.decode()


@pytest.mark.parametrize("media", ["application/sparql-results+xml", "text/tab-separated-values", JSON])
@pytest.mark.parametrize(("query", "answer"), [("ASK {}", True), ("ASK { <x:> ?p ?o }", False)])
def test_yes_and_no_in_every_form(server, media, query, answer):
    response = server.ask(query, media)
    form = ox.QueryResultsFormat.from_media_type(media)
    assert bool(ox.parse_query_results(response.body, format=form)) is answer
    assert server.ask(query, "text/csv").body.decode() == str(answer).lower()


@pytest.mark.parametrize(
    "media",
    [
        *("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"),
        *("application/n-quads", "application/trig"),
    ],
)
def test_graphs_hold_the_same_triples_in_every_form(server, media):
    """Forms of datasets have them outside all graphs."""
    response = server.ask("CONSTRUCT { ?s ?p ?o } { ?s a sr:Quote ; ?p ?o }", media)
    triples = {quad.triple for quad in ox.parse(response.body, format=ox.RdfFormat.from_media_type(media))}
    assert {triple.object.value for triple in triples if triple.predicate.value.endswith("#sentence")} == {
        "0"
    }
    read = rdflib.Dataset(default_union=True)
    read.parse(data=response.body, format=media)
    assert len(set(read.triples((None, None, None)))) == len(triples)


@pytest.mark.parametrize(
    ("query", "subject"),
    [
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", "https://w3id.org/state-relations/s"),
        ("DESCRIBE <actor/ZZA>", "https://w3id.org/state-relations/actor/ZZA"),
        ("BASE <https://example.org/a/> CONSTRUCT { <../s> <p> 1 } WHERE {}", "https://example.org/s"),
    ],
)
def test_an_iri_that_is_relative_is_so_to_the_data(server, kg, query, subject):
    response = server.ask(query, "application/n-triples")
    assert {quad.subject.value for quad in ox.parse(response.body, format=ox.RdfFormat.N_TRIPLES)} == {
        subject
    }
    assert subject.rpartition("/")[2] in kg("query", query, "--store", server.store).stdout


def test_a_long_query_is_answered(server):
    values = " ".join(f"<https://example.org/{number}>" for number in range(40_000))
    query = f"SELECT (COUNT(?service) AS ?n) {{ VALUES ?service {{ {values} }} }}"
    response = server.request("POST", "/query", query, Content_Type=SPARQL)
    assert (len(query) > 900_000, rows(response)[0]["n"]["value"]) == (True, "40000")
    short = server.ask(query[:300_000].rpartition(" ")[0] + " } }")
    assert int(rows(short)[0]["n"]["value"]) > 8_000


@pytest.mark.parametrize(
    ("path", "media"),
    [
        (f"/query?{urlencode({'query': 'SELECT * { ?s ?p ?o }'})}", "text/csv"),
        ("/questions", "*/*"),
        ("/graph", "text/html"),
        ("/static/yasgui.min.js", "*/*"),
    ],
)
def test_an_answer_is_packed_for_who_can_unpack_it(server, path, media):
    plain = server.request("GET", path, Accept=media)
    packed = server.request("GET", path, Accept=media, Accept_Encoding="gzip, br")
    assert (plain.headers["Content-Encoding"], packed.headers["Content-Encoding"]) == (None, "gzip")
    assert len(packed.body) < len(plain.body) / 2
    assert len(gzip.decompress(packed.body)) == len(plain.body)
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_short_answer_is_not_packed(server):
    response = server.request("GET", f"/query?{urlencode({'query': ASK})}", Accept_Encoding="gzip")
    assert (response.headers["Content-Encoding"], response.headers["Content-Length"]) == (
        None,
        str(len(response.body)),
    )


def test_a_connection_that_is_kept_is_no_slower_than_new_ones(server):
    """Else an answer's body waits for the receipt of its head, which systems delay by 40 ms."""
    path = f"/query?{urlencode({'query': ASK})}"

    def seconds(connection):
        start = time.perf_counter()
        connection.request("GET", path)
        assert connection.getresponse().read()
        return time.perf_counter() - start

    def connect():
        return http.client.HTTPConnection(server.address.hostname, server.address.port, timeout=60)

    with closing(connect()) as kept:
        quickest = min(seconds(kept) for _ in range(30))
    fresh = []
    for _ in range(30):
        with closing(connect()) as new:
            fresh.append(seconds(new))
    assert quickest < 3 * min(fresh)


def test_what_xml_can_not_hold_is_replaced(server):
    response = server.ask('SELECT ("a\\u0001b" AS ?x) {}', "application/sparql-results+xml")
    assert "<literal>a\ufffdb</literal>" in response.body.decode()


@pytest.mark.parametrize(
    ("query", "parameters", "found"),
    [
        (STATEMENTS, {}, 3),
        (STATEMENTS, {"default-graph-uri": FIRST}, 2),
        (STATEMENTS, {"default-graph-uri": [FIRST, SECOND]}, 3),
        (STATEMENTS, {"default-graph-uri": "https://example.org/none"}, 0),
        (STATEMENTS, {"named-graph-uri": FIRST}, 0),
        ("SELECT ?s { GRAPH ?g { ?s a sr:Statement } }", {"named-graph-uri": FIRST}, 2),
        ("SELECT ?s { GRAPH ?g { ?s a sr:Statement } }", {"default-graph-uri": FIRST}, 0),
        (f"SELECT ?s FROM <{SECOND}> {{ ?s a sr:Statement }}", {}, 1),
        (f"SELECT ?s FROM <{SECOND}> {{ ?s a sr:Statement }}", {"default-graph-uri": FIRST}, 2),
        (f"SELECT ?s FROM NAMED <{SECOND}> {{ GRAPH ?g {{ ?s a sr:Statement }} }}", {}, 1),
        (f"SELECT ?s FROM NAMED <{SECOND}> {{ ?s a sr:Statement }}", {}, 0),
    ],
)
def test_the_dataset_is_that_of_the_request_or_else_of_the_query(server, query, parameters, found):
    assert len(rows(server.ask(query, **parameters))) == found


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * FROM <x:g> {}", True),
        ("SELECT *FROM NAMED x:g {}", True),
        ("SELECT * from # FROM\n<x:g> {}", True),
        (
            "SELECT ?from { ?from x:from 'from', \"FROM\"@from, '''\n FROM '''; from:x 1, <FROM> } # FROM",
            False,
        ),
    ],
)
def test_from_is_a_clause_only_where_it_is_one(query, named):
    assert names_dataset(query) is named


def test_head_has_the_headers_of_get(server):
    path = f"/query?{urlencode({'query': STATEMENTS})}"
    head, get = (server.request(method, path) for method in ("HEAD", "GET"))
    assert (head.status, head.body) == (200, b"")
    for name in ("Content-Type", "Content-Length", "Vary"):
        assert head.headers[name] == get.headers[name]
    assert int(get.headers["Content-Length"]) == len(get.body)


@pytest.mark.parametrize(
    ("path", "allowed"), [("/query", "GET, HEAD, POST, OPTIONS"), ("/update", "POST, OPTIONS")]
)
def test_options_tells_the_methods(server, path, allowed):
    response = server.request("OPTIONS", path)
    assert (response.status, response.headers["Allow"]) == (204, allowed)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("http://localhost:3000", True), ("http://127.0.0.1", True), ("https://example.org", False)],
)
def test_scripts_of_pages_of_this_machine_may_ask(server, origin, allowed):
    response = server.request("GET", f"/query?{urlencode({'query': ASK})}", Origin=origin)
    assert response.headers["Access-Control-Allow-Origin"] == (origin if allowed else None)
    preflight = server.request(
        "OPTIONS",
        "/query",
        Origin=origin,
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="content-type",
    )
    assert preflight.status == (200 if allowed else 400)


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/.well-known/void", ""),
        ("/.well-known/void", "application/rdf+xml"),
        ("/query", "text/turtle"),
        ("/query", "application/ld+json"),
        ("/query", "*/*"),
    ],
)
def test_the_store_and_the_service_describe_themselves(server, path, accept):
    response = server.request("GET", path, Accept=accept)
    assert response.status == 200
    graph = rdflib.Graph().parse(data=response.body, format=response.media)
    (row,) = graph.query(
        """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?endpoint ?triples ?entities {
          ?service sd:endpoint ?endpoint ; sd:defaultDataset ?dataset .
          ?dataset a void:Dataset ; void:sparqlEndpoint ?endpoint ; void:triples ?triples ;
            void:classPartition [ void:class <https://w3id.org/state-relations/ontology#Statement> ;
              void:entities ?entities ] }"""
    )
    assert (str(row.endpoint), int(row.entities)) == (f"{server.url}query", 3)
    (counted,) = rows(server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert str(row.triples) == counted["n"]["value"]


def test_a_reader_of_pages_is_led_to_the_editor(server):
    response = server.request("GET", "/query", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (response.status, response.headers["Location"]) == (303, "/")
