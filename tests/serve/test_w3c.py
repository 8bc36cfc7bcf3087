"""The suites of the W3C for SPARQL 1.1 through the endpoint and, beside it, through Oxigraph's own server."""

import http.client
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
import w3c

from kg.serve.formats import GRAPHS

sys.path.append(str(Path(__file__).parents[1] / "store"))

UPDATE = {"Content-Type": "application/sparql-update"}
KINDS = {"boolean": "sparql-results", "tabular": "sparql-results", "RDF": tuple(GRAPHS)}
PROTOCOLS = w3c.protocols() if w3c.SUITE.is_dir() else []
EVALUATIONS = w3c.evaluations() if w3c.SUITE.is_dir() else []
pytestmark = pytest.mark.skipif(
    not w3c.SUITE.is_dir(), reason="needs the suites, which lie beside the checkout"
)


class Endpoint:
    """A server that is asked over one connection."""

    def __init__(self, url):
        address = urlsplit(url)
        self.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        self.connection.connect()

    def send(self, path, body, headers, method="POST", query=""):
        self.connection.request(method, f"{path}?{query}" if query else path, body, headers)
        response = self.connection.getresponse()
        return response.status, response.headers.get("Content-Type", ""), response.read()

    def put(self, graphs):
        """Puts files in the place of what graphs held."""
        parts = (
            f"DROP SILENT GRAPH <{name}>; INSERT DATA {{ GRAPH <{name}> {{ {w3c.n_triples(file)} }} }}"
            for name, file in graphs
        )
        status, _, body = self.send("/update", ";\n".join(parts).encode(), UPDATE)
        assert status == 204, body


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory):
    """Oxigraph's own server, over what is asked at the same paths."""
    from servers import Oxigraph

    server = Oxigraph(tmp_path_factory.mktemp("oxigraph"))
    server.start()
    with closing(Endpoint(server.url).connection):
        yield f"http://127.0.0.1:{server.port}"
    server.kill()


def passes(endpoint, test):
    """Why the test fails, nothing where it passes."""
    if test.graphs:
        endpoint.put(test.graphs)
    for each in test.exchanges:
        written = "update" in each.headers.get("content-type", "") or (each.body or b"").startswith(
            (b"update=", b"CLEAR")
        )
        path = "/update" if written or each.query.startswith("update=") else "/query"
        status, media, body = endpoint.send(path, each.body, each.headers, each.method, each.query)
        if str(status)[0] not in each.statuses:
            return f"{status} instead of {each.statuses}: {body.decode()}"
        if (
            each.boolean is not None
            and w3c.rows(body, media.rpartition("+")[2], bare=False) is not each.boolean
        ):
            return f"not {each.boolean}"
        if each.form and status == 200 and not any(kind in media for kind in KINDS[each.form]):
            return f"{media} is no form of {each.form}"
    return ""


def evaluates(endpoint, test):
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": w3c.FORMS[test.form]}
    status, media, body = endpoint.send("/query", urlencode(test.parameters()), headers)
    return status == 200 and media.partition(";")[0] == w3c.FORMS[test.form] and test.agrees(body)


def carry_out(url):
    """What each test of both suites gives at the server."""
    endpoint = Endpoint(url)
    with closing(endpoint.connection):
        protocol = {test.name: passes(endpoint, test) for test in PROTOCOLS}
        files = {file for test in EVALUATIONS for file in test.default + test.named}
        endpoint.put([(file.as_uri(), file) for file in sorted(files)])
        return protocol, {(test.name, test.form): evaluates(endpoint, test) for test in EVALUATIONS}


@pytest.fixture(scope="module")
def ours(start):
    return carry_out(start("--writable").url)


@pytest.fixture(scope="module")
def theirs(oxigraph):
    return carry_out(oxigraph)


@pytest.mark.parametrize("name", [test.name for test in PROTOCOLS])
def test_protocol(ours, name):
    assert ours[0][name] == ""


@pytest.mark.parametrize(("name", "form"), [(test.name, test.form) for test in EVALUATIONS])
def test_evaluation(ours, theirs, name, form):
    if not ours[1][name, form] and not theirs[1][name, form]:
        pytest.xfail("Oxigraph's own server fails as well")
    assert ours[1][name, form]


def test_no_fewer_pass_than_at_oxigraph_itself(ours, theirs, capsys):
    counts = [
        Counter(form for (_, form), passed in each[1].items() if passed)
        + Counter(protocol=sum(not reason for reason in each[0].values()))
        for each in (ours, theirs)
    ]
    tried = Counter(test.form for test in EVALUATIONS) + Counter(protocol=len(PROTOCOLS))
    with capsys.disabled():
        print("\nW3C SPARQL 1.1: tests, passed by kg serve, by oxigraph serve")
        for form, number in tried.items():
            print(f"  {form:8} {number:4} {counts[0][form]:4} {counts[1][form]:4}")
    assert counts[0]["protocol"] == 34
    assert all(counts[0][form] >= counts[1][form] for form in tried)
