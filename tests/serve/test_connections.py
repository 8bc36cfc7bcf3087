"""Connections: slow and idle ones end, many leave room for others, and the log stays short."""

import resource
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import BOUND, Server, wait_until

# 25 MB, which is more than the system holds of what was sent.
MUCH = f"""SELECT ?c {{ ?s ?p ?o BIND('{"0123456789" * 500}' AS ?a)
  BIND(CONCAT({", ".join(["?a"] * 10)}) AS ?b) BIND(CONCAT({", ".join(["?b"] * 10)}) AS ?c) }}"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HEAD = b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"


def count_files(server):
    """How many files and connections the server has open."""
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def count_connections(server):
    """How many connections the server has that it hasn't closed."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    port = f":{server.address.port:04X}"
    return sum(row[1].endswith(port) and row[3] in {"01", "08"} for row in rows[1:])


def read_all(connection):
    """What the server sends until it closes the connection."""
    connection.settimeout(BOUND)
    received = b""
    while piece := connection.recv(4096):
        received += piece
    return received


def test_what_a_client_leaves_undone_ends_the_connection(server):
    with ExitStack() as connections:
        silent, slow_head, slow_body = (
            connections.enter_context(server.connect(data))
            for data in (b"", HEAD, HEAD + b"Content-Length: 9\r\n\r\nASK")
        )
        assert read_all(silent) == b""
        assert read_all(slow_head).endswith(b"the head of the request took longer than 10 s\n")
        told = read_all(slow_body)
        assert told.startswith(b"HTTP/1.1 408 ")
        assert told.endswith(b"the body of the request took longer than 30 s\n")
    wait_until(lambda: count_connections(server) == 0)


@pytest.mark.parametrize(
    ("request_line", "tail", "answers"),
    [
        ("GET /query?query=ASK+%7B%7D HTTP/1.1\r\nHost: localhost\r\n", b"", 1),
        ("GET /query?query=ASK+%7B%7D HTTP/1.0\r\nHost: localhost\r\n", b"", 1),
        ("GET /query?query=ASK+%7B%7D HTTP/1.1\r\nHost: localhost\r\n", b"TWICE", 2),
        (HEAD.decode() + "Content-Length: 6\r\n", b"ASK {}", 1),
        (HEAD.decode() + "Content-Length: 9\r\n", b"ASK {}", 0),
        ("GET /query?query=ASK+%7B%7D HTTP/1.1\r\nHost: loc", b"", 0),
    ],
)
def test_a_client_that_says_no_more_gets_its_answer(server, request_line, tail, answers):
    data = request_line.encode() + b"\r\n" * (not request_line.endswith("loc"))
    data = data * 2 if tail == b"TWICE" else data + tail
    with server.connect(data) as connection:
        connection.shutdown(socket.SHUT_WR)
        received = read_all(connection)
    assert received.count(b" 200 OK\r\n") == answers
    assert received.count(b'{"head": {}, "boolean": true}') == answers


def test_an_answer_that_takes_longer_is_given_to_a_client_that_says_no_more(start):
    hasty = start("--timeout", 4)
    everything = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with hasty.connect(
        HEAD + f"Content-Length: {len(everything)}\r\n\r\n{everything}".encode()
    ) as connection:
        connection.shutdown(socket.SHUT_WR)
        received = read_all(connection)
    assert received.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 ")
    assert b"ended after 4 s" in received


def test_a_client_that_does_not_take_its_answer_loses_the_connection(server):
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((server.address.hostname, server.address.port))
        connection.sendall(HEAD + f"Content-Length: {len(MUCH)}\r\n\r\n{MUCH}".encode())
        wait_until(lambda: connection.recv(12, socket.MSG_PEEK) == b"HTTP/1.1 200")
        wait_until(lambda: count_connections(server) == 0)


def test_a_client_that_goes_away_within_its_request_is_not_logged(make_store):
    server = Server(make_store())
    for data in (HEAD, HEAD + b"Content-Length: 9\r\n\r\nASK"):
        server.connect(data).close()
    assert server.ask("ASK {}").status == 200
    assert server.stop() == ""


def test_idle_connections_leave_room_for_others_and_little_in_the_log(make_store):
    server = Server(make_store())
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (512, 512))
    with ExitStack() as connections:
        for number in range(400):
            connections.enter_context(server.connect(HEAD if number % 2 else b""))
        assert [server.ask("ASK {}").status for _ in range(20)] == [200] * 20
        assert count_files(server) < 512
    assert server.stop() == ""


def test_what_is_no_http_is_logged_a_few_times(make_store):
    server = Server(make_store())
    for _ in range(100):
        with server.connect(b"\x00\r\n\r\n") as connection:
            assert read_all(connection).startswith(b"HTTP/1.1 400")
    assert 1 <= server.stop().count("Invalid HTTP request") <= 15


def test_who_comes_when_all_are_served_is_told_to_come_back(make_store):
    server = Server(make_store(), "--timeout", 3600)
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (150, 150))
    with ExitStack() as connections:
        for _ in range(50):
            connections.enter_context(server.begin(ENDLESS))
        # One that had only just come may have given place to the next.
        for _ in range(50):
            if (response := server.ask("ASK {}")).status != 200:
                break
            connections.enter_context(server.begin(ENDLESS))
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
    wait_until(lambda: server.ask("ASK {}").status == 200)
    assert "Traceback" not in server.stop()


@pytest.mark.parametrize("files", [64, 256])
def test_few_files_are_enough(make_store, files):
    server = Server(make_store())
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (files, files))
    with ExitStack() as connections:
        for _ in range(files // 3):
            connections.enter_context(server.connect())
        assert [server.ask("ASK {}").status for _ in range(20)] == [200] * 20
    assert "Traceback" not in server.stop()
