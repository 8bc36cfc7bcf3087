"""A door before a real server: it can be busy, ask for a token, or show a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx

Answer = tuple[int, dict[str, str], str]


class Door(ThreadingHTTPServer):
    """Passes requests on to the server at `behind`; `answers` are given first, one a request."""

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = behind
        self.answers: list[Answer] = []
        self.authorization: str | None = None
        self.seen: list[tuple[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Door
    protocol_version = "HTTP/1.1"

    def do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path))
        if self.server.answers:
            status, headers, text = self.server.answers.pop(0)
            self.reply(status, headers, text.encode())
        elif self.server.authorization not in (None, self.headers.get("Authorization")):
            self.reply(401, {"WWW-Authenticate": 'Basic realm="store"'}, b"")
        else:
            passed = {name: self.headers[name] for name in ("Accept", "Content-Type") if name in self.headers}
            url = self.server.behind + self.path
            found = httpx.request(self.command, url, content=body, headers=passed)
            self.reply(
                found.status_code, {"Content-Type": found.headers.get("content-type", "")}, found.content
            )

    do_GET = do_POST = do_PUT = do  # noqa: N815

    def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def open_door(behind: str) -> Iterator[Door]:
    with Door(behind) as door:
        thread = Thread(target=door.serve_forever)
        thread.start()
        yield door
        door.shutdown()
        thread.join()
