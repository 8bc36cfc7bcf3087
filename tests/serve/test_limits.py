"""Limits of time, rows and memory: what goes beyond them ends, and nobody else notices."""

import json
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import wait_until

EVERYTHING = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
JSON = "application/sparql-results+json"


def is_gone(process):
    """Whether the process has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.fixture(scope="module")
def hasty(start):
    """A server that ends questions after three seconds and cuts answers off at ten rows."""
    return start("--timeout", 3, "--limit", 10)


@pytest.fixture(scope="module")
def patient(start):
    """A server that ends no question while it is tested."""
    return start("--timeout", 3600)


@pytest.mark.parametrize(
    "query",
    [
        EVERYTHING,
        "SELECT (SUM(?c + ?f) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }",
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?a), STR(?d), STR(?j)) = 'no') }",
        "CONSTRUCT { ?a ?b 1 } "
        "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?c), STR(?j)) = '') }",
    ],
)
def test_whatever_form_an_endless_question_has_it_ends(hasty, query):
    response = hasty.ask(query, f"{JSON}, text/turtle")
    assert response.status == 503
    assert response.body.startswith(b"ended after 3 s, the time limit")
    assert response.headers["Retry-After"] is None
    wait_until(lambda: not hasty.slow())
    assert hasty.ask("ASK {}").status == 200


def test_many_endless_questions_end_and_others_are_answered(hasty):
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(hasty.ask, [EVERYTHING] * 12))
    assert {each.status for each in answers} == {503}
    wait_until(lambda: not hasty.slow())
    assert hasty.ask("ASK {}").status == 200


def test_others_are_answered_while_a_question_works_and_who_goes_away_ends_it(patient):
    with patient.begin(EVERYTHING):
        wait_until(patient.slow)
        (worker,) = patient.slow()
        assert [patient.ask("ASK {}").status for _ in range(10)] == [200] * 10
        assert patient.slow() == {worker}
    wait_until(lambda: is_gone(worker))
    assert patient.ask("ASK {}").status == 200


def test_light_questions_are_answered_beside_many_slow_ones(patient):
    with ExitStack() as connections, ThreadPoolExecutor(40) as threads:
        for _ in range(8):
            connections.enter_context(patient.begin(EVERYTHING))
        wait_until(patient.slow)
        answers = list(threads.map(patient.ask, ["ASK {}"] * 40))
        assert [each.status for each in answers] == [200] * 40
        assert patient.slow()
    wait_until(lambda: not patient.slow())


def test_many_slow_questions_of_one_client_leave_room_for_others(patient):
    with ExitStack() as connections:
        for _ in range(15):
            connections.enter_context(patient.begin(EVERYTHING, X_Forwarded_For="192.0.2.1"))
        wait_until(patient.slow)
        for client in ("192.0.2.2", "192.0.2.1"):
            path = f"/query?{urlencode({'query': 'ASK {}'})}"
            assert patient.request("GET", path, X_Forwarded_For=client).status == 200
    wait_until(lambda: not patient.slow())


def test_the_death_of_the_server_ends_its_questions(start):
    mortal = start("--timeout", 10)
    with mortal.begin(EVERYTHING):
        wait_until(mortal.slow)
        workers = mortal.workers()
        mortal.process.send_signal(signal.SIGKILL)
        wait_until(lambda: all(is_gone(each) for each in workers))


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
