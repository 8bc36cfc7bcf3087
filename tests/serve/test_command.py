"""`kg serve` where it can't serve: it says why, and ends with 2."""

import socket

import pytest


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--store", "http://localhost:1/query"], "a store on a server has its own endpoint"),
        (["--store", "nowhere"], "nowhere: no store there"),
        (["--port", "70000"], "Invalid value for '--port'"),
        (["--timeout", "0"], "Invalid value for '--timeout'"),
        (["--limit", "none"], "Invalid value for '--limit'"),
    ],
)
def test_wrong_usage(kg, tmp_path, monkeypatch, options, reason):
    monkeypatch.chdir(tmp_path)
    result = kg("serve", *options)
    assert result.exit_code == 2
    assert reason in " ".join(result.stderr.replace("│", "").split())


def test_a_port_that_is_taken(kg, make_store):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = kg("serve", "--store", make_store(), "--port", port)
    assert (result.exit_code, f"127.0.0.1:{port}: can't be listened on" in result.stderr) == (2, True)
