"""Real servers on loopback over a small store, and clients of them."""

import http.client
import os
import re
import select
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

import pytest

from kg.model import Status
from kg.store.embedded import EmbeddedStore

sys.path.append(str(Path(__file__).parents[1] / "store"))


BOUND = 120  # seconds after which what should come to pass hasn't
SLOW = 19  # the priority of a process with a question that works for long


def wait_until(condition):
    """Returns when the condition holds; fails where it doesn't come to hold."""
    end = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < end, "it doesn't come to pass"
        time.sleep(0.05)


@dataclass
class Response:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def media(self):
        return self.headers["Content-Type"].partition(";")[0]


class Server:
    """`kg serve` as a process of its own."""

    def __init__(self, store, *options, **environment):
        self.store = store
        command = [sys.executable, "-m", "kg", "serve", "--store", store, "--port", "0", *map(str, options)]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, **environment},
        )
        ready, _, _ = select.select([self.process.stdout], [], [], BOUND)
        announced = self.process.stdout.readline() if ready else ""
        assert "http://" in announced, self.process.stderr.read()
        self.url = re.search(r"http://\S+/", announced)[0]
        self.address = urlsplit(self.url)
        assert self.ask("ASK {}").status == 200

    def request(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=BOUND)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        response = Response(answer.status, answer.headers, answer.read())
        connection.close()
        return response

    def ask(self, query, accept="application/sparql-results+json", **parameters):
        return self.request("GET", f"/query?{urlencode({'query': query, **parameters}, True)}", Accept=accept)

    def connect(self, data=b""):
        """A connection that has sent this."""
        connection = socket.create_connection((self.address.hostname, self.address.port), BOUND)
        connection.sendall(data)
        return connection

    def begin(self, query, **headers):
        """A connection that has asked this and doesn't wait for the answer."""
        fields = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        path = f"/query?{urlencode({'query': query})}"
        return self.connect(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n".encode())

    def workers(self):
        """The ids of the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(each) for each in children.read_text().split()}

    def slow(self):
        """The ids of the processes that answer a question which works for long."""
        found = set()
        for each in self.workers():
            with suppress(ProcessLookupError):
                if os.getpriority(os.PRIO_PROCESS, each) == SLOW:
                    found.add(each)
        return found

    def stop(self):
        """What the server wrote to standard error."""
        self.process.terminate()
        return self.process.communicate(timeout=BOUND)[1]


@pytest.fixture(scope="session")
def make_store(tmp_path_factory):
    """Makes a store of two articles with three statements; the folder of the store."""
    from store_factory import ARTICLE, make_statement

    def make():
        folder = tmp_path_factory.mktemp("served") / "store"
        with EmbeddedStore.open(folder) as store:
            store.replace(ARTICLE, [make_statement(), make_statement("s2", status=Status.DENIED)])
            store.replace(
                replace(ARTICLE, id="a2", published="2025-06-20"), [make_statement("s3", article="a2")]
            )
        return folder

    return make


@pytest.fixture(scope="session")
def start(make_store):
    """Starts a server with these options over a new store; one that wrote a traceback fails."""
    servers = []

    def start_server(*options, **environment):
        servers.append(Server(make_store(), *options, **environment))
        return servers[-1]

    yield start_server
    assert [text for text in (server.stop() for server in servers) if "Traceback" in text] == []


@pytest.fixture(scope="session")
def server(start):
    return start("--limit", 50)


@pytest.fixture(scope="session")
def elsewhere():
    """The address of a host that should not be asked, and the list of those who did."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept():
            while True:
                try:
                    connection, caller = listening.accept()
                except OSError:
                    return
                asked.append(caller)
                connection.close()

        Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", asked
        listening.shutdown(socket.SHUT_RDWR)
