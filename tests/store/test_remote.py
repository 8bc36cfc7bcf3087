"""A store on a server: who asks, a server that is busy or away, and what a broken build leaves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from threading import Timer

import httpx
import pytest
from door import Door, open_door
from servers import Oxigraph, Server, Virtuoso, free_port
from store_factory import ARTICLE, make_statement

from kg.errors import StoreError
from kg.ontology import SR, article_iri
from kg.store import open_store
from kg.store import server as protocol
from kg.store.graphs import SELF
from kg.store.server import find_endpoints

HTML = (200, {"Content-Type": "text/html"}, "<!DOCTYPE html><title>Welcome</title>")
MANY = [(replace(ARTICLE, id=f"m{n}"), [make_statement(f"m{n}", article=f"m{n}")]) for n in range(40)]


@pytest.fixture
def door(oxigraph: Server) -> Iterator[Door]:
    with open_store(oxigraph.url):
        pass
    with open_door(oxigraph.url) as opened:
        yield opened


@pytest.fixture(params=[Oxigraph, Virtuoso])
def mortal(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    """A server of one's own, to be killed."""
    if request.param is Virtuoso:
        if Virtuoso.program is None:
            pytest.skip("Virtuoso is not installed: .ci/virtuoso")
        monkeypatch.setenv("KG_STORE_USER", "dba")
        monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    server = request.param(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.mark.parametrize(
    ("url", "query", "update", "graphs"),
    [
        ("http://h:7878", "/query", "/update", "/store"),
        ("http://h:7878/", "/query", "/update", "/store"),
        ("http://h:7878/query", "/query", "/update", "/store"),
        ("http://h/a/b", "/a/b/query", "/a/b/update", "/a/b/store"),
        ("http://h/sparql", "/sparql", "/sparql", "/sparql-graph-crud"),
        ("http://h/sparql-auth", "/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("http://h/ds#graphs=data", "/ds/query", "/ds/update", "/ds/data"),
        ("http://h/r/x#query=../x&update=statements&graphs=/g", "/r/x", "/r/x/statements", "/g"),
    ],
)
def test_endpoints_are_found_beside_the_url(url: str, query: str, update: str, graphs: str) -> None:
    found = find_endpoints(url)

    assert [httpx.URL(each).path for each in found] == [query, update, graphs]


@pytest.mark.parametrize("url", ["http://h/?query=x", "http://h#colour=red", "http://h#red"])
def test_options_that_there_are_not_are_refused(url: str) -> None:
    with pytest.raises(StoreError, match="query=, update= or graphs="):
        open_store(url)


def test_a_password_in_the_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="KG_STORE_USER") as caught:
        open_store("http://ana:secret@h/")
    assert "secret" not in str(caught.value)


def test_a_server_that_is_down_is_named_at_once() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(StoreError, match=rf"{url}/query: can't be reached"):
        open_store(url, read_only=True)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_page_is_no_answer(door: Door, read_only: bool) -> None:
    door.answers = [HTML]
    with pytest.raises(
        StoreError, match=rf"{door.url}/query: not a SPARQL endpoint: answers text/html.*Welcome"
    ):
        open_store(door.url, read_only=read_only)


def test_an_error_of_the_server_is_told(door: Door) -> None:
    door.answers = [(500, {}, "out of memory")]
    with pytest.raises(StoreError, match=rf"{door.url}/query: answers 500 .*out of memory"):
        open_store(door.url, read_only=True)


def test_a_server_without_a_store_is_left_alone_by_reading(tmp_path: Path) -> None:
    server = Oxigraph(tmp_path)
    server.start()
    try:
        with pytest.raises(StoreError, match="no store there"):
            open_store(server.url, read_only=True)
        assert httpx.get(f"{server.url}/store", headers={"Accept": "application/n-quads"}).text == ""
    finally:
        server.kill()


def test_a_busy_server_is_asked_again_when_it_says(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(protocol.time, "sleep", waits.append)
    soon = format_datetime(datetime.now(UTC), usegmt=True)
    door.answers = [
        (503, {"Retry-After": "7"}, ""),
        (429, {"Retry-After": soon}, ""),
        (502, {"Retry-After": "soon"}, ""),
        (503, {"Retry-After": "99999"}, ""),
    ]
    with open_store(door.url, read_only=True) as store:
        list(store.articles())

    assert waits == [7, 1, 2, protocol.LONGEST]


def test_patience_ends(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "DELAYS", (0, 0))
    door.answers = [(503, {}, "full")] * 3
    with pytest.raises(StoreError, match=r"answers 503 .*full"):
        open_store(door.url, read_only=True)
    assert not door.answers


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"KG_STORE_TOKEN": "tok-1"}, "Bearer tok-1"),
        ({"KG_STORE_USER": "ana", "KG_STORE_PASSWORD": "pass-1"}, "Basic YW5hOnBhc3MtMQ=="),
    ],
)
def test_who_asks_is_told_to_the_server(
    door: Door, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    door.authorization = expected
    with open_store(door.url, read_only=True) as store:
        list(store.articles())

    door.authorization = "another"
    with pytest.raises(StoreError, match=r"not allowed \(401\)") as caught:
        open_store(door.url, read_only=True)
    assert not any(secret in str(caught.value) for secret in ("tok-1", "pass-1", expected))


def test_a_wrong_password_is_refused(virtuoso: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_PASSWORD", "guess")
    with pytest.raises(StoreError, match=r"not allowed \(401\): set KG_STORE_USER") as caught:
        open_store(virtuoso.url)
    assert "guess" not in str(caught.value)


def test_an_answer_that_is_cut_off_is_refused(virtuoso: Server) -> None:
    with open_store(virtuoso.url) as store, pytest.raises(StoreError, match="raise its ResultSetMaxRows"):
        store.query("SELECT * { GRAPH graph:ontology { ?a ?b ?c . ?d a sr:Relation } }")


def test_other_graphs_of_the_server_are_not_touched(oxigraph: Server) -> None:
    other = {"params": {"graph": "urn:other"}, "headers": {"Content-Type": "text/turtle"}}
    httpx.put(f"{oxigraph.url}/store", content="<urn:a> <urn:b> <urn:c> .", **other)
    with open_store(oxigraph.url) as store:
        store.replace(ARTICLE, [make_statement()])
        assert "urn:other" not in {quad.graph_name.value for quad in store.quads()}
        store.remove("a1")

    assert "urn:a" in httpx.get(f"{oxigraph.url}/store", params={"graph": "urn:other"}).text


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    server = Oxigraph(tmp_path)
    server.start()
    try:
        with open_store(server.url):
            pass
        pattern = f"?s <{SR}storeFormat>"
        change = f"DELETE {{ {pattern} ?n }} INSERT {{ {pattern} 99 }} WHERE {{ {pattern} ?n }}"
        httpx.post(f"{server.url}/update", data={"update": f"WITH {SELF} {change}"}).raise_for_status()
        with pytest.raises(StoreError, match="format 99"):
            open_store(server.url)
    finally:
        server.kill()


def test_what_a_broken_writer_left_half_is_taken_out(oxigraph: Server) -> None:
    half = f"<{article_iri('half')}>"
    with open_store(oxigraph.url) as store:
        store.replace(replace(ARTICLE, id="whole"), [])
    left = f"""PREFIX sr: <https://w3id.org/state-relations/ontology#>
        INSERT DATA {{ GRAPH {half} {{ {half} a sr:Article }} }} ;
        INSERT DATA {{ GRAPH {SELF} {{ {SELF} sr:writing {half} }} }}"""
    httpx.post(f"{oxigraph.url}/update", data={"update": left}).raise_for_status()
    with open_store(oxigraph.url) as store:
        assert [article.id for article in store.articles()] == ["whole"]


def test_a_server_that_comes_back_is_waited_for(mortal: Server) -> None:
    with open_store(mortal.url) as store:
        store.load(MANY[:20])
        mortal.kill()
        back = Timer(1, mortal.start)
        back.start()
        store.load(MANY[20:])
        back.join()
        assert sorted(store.statements(), key=lambda each: each.id) == sorted(
            (statements[0] for _, statements in MANY), key=lambda each: each.id
        )


def test_a_build_is_resumed_after_the_server_went_away(
    mortal: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "DELAYS", (0, 0.1))

    def build() -> None:
        with open_store(mortal.url) as store:
            store.load(MANY[:20])
            mortal.kill()
            store.load(MANY[20:])

    with pytest.raises(StoreError, match="can't be reached"):
        build()
    mortal.start()
    with open_store(mortal.url) as store:
        assert len(list(store.articles())) == 20
        assert bool(store.query("ASK { actor:ZZA sr:aids actor:ZZB }"))
        store.load(MANY)
        assert len(list(store.statements())) == len(MANY)
