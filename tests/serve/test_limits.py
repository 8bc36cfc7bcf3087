"""Limits of time, rows and memory: what goes beyond them ends, and nobody else notices."""

import json
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

EVERYTHING = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
JSON = "application/sparql-results+json"


def processor_time(process):
    """The seconds that a process has used, 0 where it is gone."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return 0.0 if stat[0] == "Z" else (int(stat[11]) + int(stat[12])) / 100


def wait_until(condition):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it doesn't come to pass")


def busy(server):
    """The process that has worked for a second since it was first seen."""
    before = {each: processor_time(each) for each in server.workers()}
    while True:
        for each in server.workers():
            if processor_time(each) > before.setdefault(each, processor_time(each)) + 1:
                return each
        time.sleep(0.05)


def is_quiet(server):
    """Whether no process of the server works."""
    before = {each: processor_time(each) for each in server.workers()}
    time.sleep(1)
    return all(processor_time(each) - before.get(each, 0) < 0.3 for each in server.workers())


@pytest.fixture(scope="module")
def hasty(start):
    """A server that ends questions after three seconds and cuts answers off at ten rows."""
    return start("--timeout", 3, "--limit", 10)


def test_a_question_to_everything_is_ended_while_others_are_answered(hasty):
    with ThreadPoolExecutor() as threads:
        endless = threads.submit(hasty.ask, EVERYTHING)
        worker = busy(hasty)
        assert hasty.ask("ASK {}").status == 200
        assert not endless.done()
        response = endless.result()
    assert response.status == 503
    assert response.body.startswith(b"ended after 3 s, the time limit")
    assert processor_time(worker) == 0
    wait_until(lambda: is_quiet(hasty))
    assert worker not in hasty.workers()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (SUM(?c + ?f) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'no') }",
        "CONSTRUCT { ?a ?b 1 } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?c), STR(?f)) = 'no') }",
    ],
)
def test_whatever_form_an_endless_question_has_it_ends(hasty, query):
    accept = f"{JSON}, text/turtle"
    assert hasty.ask(query, accept).status == 503
    assert hasty.ask("ASK {}").status == 200


def test_all_processes_may_be_busy_and_come_back(hasty):
    with ThreadPoolExecutor(20) as threads:
        endless = [threads.submit(hasty.ask, EVERYTHING) for _ in range(12)]
        assert {each.result().status for each in endless} == {503}
    wait_until(lambda: hasty.ask("ASK {}").status == 200)


def test_a_client_that_goes_away_ends_its_question(start):
    patient = start("--timeout", 600)
    with socket.create_connection((patient.address.hostname, patient.address.port)) as connection:
        request = f"GET /query?query={quote(EVERYTHING)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.sendall(request.encode())
        worker = busy(patient)
    wait_until(lambda: worker not in patient.workers())
    assert processor_time(worker) == 0
    assert patient.ask("ASK {}").status == 200


def test_the_death_of_the_server_ends_its_questions(start):
    mortal = start("--timeout", 4)
    with socket.create_connection((mortal.address.hostname, mortal.address.port)) as connection:
        request = f"GET /query?query={quote(EVERYTHING)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.sendall(request.encode())
        worker = busy(mortal)
        mortal.process.send_signal(signal.SIGKILL)
        wait_until(lambda: processor_time(worker) == 0)


@pytest.mark.parametrize(
    ("query", "accept", "cut"),
    [
        ("SELECT ?s { ?s ?p ?o } LIMIT 11", JSON, "10"),
        ("SELECT ?s { ?s ?p ?o } LIMIT 10", JSON, None),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/n-triples", "10"),
        (
            "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { ?s ?p ?o } LIMIT 10 } }",
            "application/n-triples",
            None,
        ),
    ],
)
def test_an_answer_that_is_cut_says_so(hasty, query, accept, cut):
    response = hasty.ask(query, accept)
    assert response.headers["X-SPARQL-MaxRows"] == cut
    found = json.loads(response.body)["results"]["bindings"] if accept == JSON else response.body.splitlines()
    assert len(found) == 10


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {'{' * 20_000}{'}' * 20_000}",
        f"ASK {{ FILTER({'(' * 20_000}1{')' * 20_000}) }}",
        "SELECT ?x { BIND('0123456789abcdef' AS ?a0) "
        + " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
        + " BIND(STRLEN(?a40) AS ?x) }",
    ],
    ids=["groups", "brackets", "memory"],
)
def test_a_question_that_breaks_its_process_breaks_nothing_else(server, query):
    response = server.request("POST", "/query", query, Content_Type="application/sparql-query")
    assert response.status == 500
    assert b"memory" in response.body
    assert server.ask("ASK {}").status == 200
