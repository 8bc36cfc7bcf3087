"""Addresses: read from a real server, and refused where they lead inside."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore
import pytest
from samples import SENTENCE, only_failure, read

from kg.articles import count_articles, fetching
from kg.articles.fetching import is_public
from kg.model import Article

ROW = f'{{"id": "a", "text": "{SENTENCE}"}}\n'.encode()
PAGE = f"<html><head><title>T</title></head><body><p>{SENTENCE}</p></body></html>"
FEED = f"<rss><item><guid>g</guid><link>/never</link><description>{SENTENCE}</description></item></rss>"
ANSWERS = {
    "/news.jsonl": (200, {}, ROW),
    "/news.jsonl.gz": (200, {}, gzip.compress(ROW)),
    "/packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(ROW)),
    "/brotli": (200, {"Content-Encoding": "br"}, b"x"),
    "/page": (200, {"Content-Type": "text/html; charset=iso-8859-16"}, PAGE.encode("iso-8859-16")),
    "/feed": (200, {"Content-Type": "application/rss+xml"}, FEED.encode()),
    "/text": (200, {"Content-Type": "text/plain; charset=utf-8"}, SENTENCE.encode()),
    "/long": (200, {}, b"a" * (fetching.LONGEST_DOCUMENT + 1)),
    "/missing": (404, {}, b""),
    "/once": (302, {"Location": "/news.jsonl"}, b""),
    "/circle": (301, {"Location": "/circle"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/inside": (302, {"Location": "http://127.0.0.1:9/"}, b""),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path == "/drip":
            self.drip()
            return
        status, headers, content = ANSWERS[self.path]
        self.send_response(status)
        for header in {**headers, "Content-Length": len(content)}.items():
            self.send_header(header[0], str(header[1]))
        self.end_headers()
        self.wfile.write(content)

    def drip(self):
        """Headers that never end."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                self.wfile.write(b"X: y\r\n")
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked = []
        server.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize("path", ["/news.jsonl", "/news.jsonl.gz", "/packed", "/once"])
def test_rows_are_fetched(server, path):
    assert read(server.address + path, allow_private=True) == [Article("a", SENTENCE, "ro")]


def test_page_text_and_feed_are_known_by_their_media_type(server):
    addresses = [f"{server.address}/{name}" for name in ("page", "text", "feed")]
    page, text, entry = read(*addresses, allow_private=True)
    assert (page.text, page.url, page.title) == (SENTENCE, addresses[0], "T")
    assert (text.text, page.id != text.id) == (SENTENCE, True)
    assert (entry.id, entry.text) == ("g", SENTENCE)
    assert server.asked == ["/page", "/text", "/feed"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/long", "longer than 20 MB"),
        ("/missing", "HTTP 404"),
        ("/circle", "more than 5 redirects"),
        ("/file", "only http: and https: addresses are fetched"),
        ("/brotli", "compressed as 'br', not gzip"),
    ],
)
def test_refused_answers_are_named(server, path, reason):
    failure = only_failure(read(server.address + path, allow_private=True))
    assert failure.where == server.address + path
    assert reason in failure.reason
    assert len(server.asked) <= 6


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]
)
def test_private_address_is_refused(server, host):
    failure = only_failure(read(f"http://{host}:{server.server_port}/news.jsonl"))
    assert "which is not a public address" in failure.reason or "Name or service" in failure.reason
    assert server.asked == []


@pytest.fixture
def names(server, monkeypatch):
    """What names are answered with: the addresses given one after the other; the server is at each."""
    answers = []
    connect = httpcore.SyncBackend.connect_tcp
    resolve = lambda *_, **__: [(0, 0, 0, "", (answers.pop(0), server.server_port))]  # noqa: E731
    monkeypatch.setattr(fetching, "getaddrinfo", resolve)
    monkeypatch.setattr(
        httpcore.SyncBackend,
        "connect_tcp",
        lambda self, host, port, timeout: connected.append(host) or connect(self, "127.0.0.1", port, timeout),
    )
    connected = []
    return answers, connected


def test_the_address_that_was_checked_is_connected_to(server, names):
    answers, connected = names
    answers += ["8.8.8.8", "127.0.0.1"]
    assert len(read(f"http://rebound.example:{server.server_port}/news.jsonl")) == 1
    assert (connected, answers) == (["8.8.8.8"], ["127.0.0.1"])


def test_redirect_to_a_private_address_is_refused(server, names):
    answers, connected = names
    answers += ["8.8.8.8", "127.0.0.1"]
    reason = only_failure(read(f"http://public.example:{server.server_port}/inside")).reason
    assert reason == "127.0.0.1 is at 127.0.0.1, which is not a public address"
    assert connected == ["8.8.8.8"]


def test_time_is_limited_in_all(server, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    failure = only_failure(read(f"{server.address}/drip", allow_private=True))
    assert "can't be fetched" in failure.reason


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://example.org/a.txt", "only http: and https:"),
        ("http://", "only http: and https:"),
        ("http://[::1/", "is no address"),
        ("http://a\x00b/", "is no address"),
        ("http://127.0.0.1:1/", "can't be fetched"),
        ("http://nowhere.invalid/", "can't be fetched"),
        ("https://" + "a" * 5_000 + "/", ""),
    ],
)
def test_addresses_without_an_answer_are_named(address, reason):
    failure = only_failure(read(address, allow_private=True))
    assert failure.where == address
    assert reason in failure.reason


def test_server_without_tls_is_named(server):
    address = server.address.replace("http:", "https:")
    assert "can't be fetched" in only_failure(read(address, allow_private=True)).reason


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_private_addresses(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses(address):
    assert is_public(address)


def test_addresses_are_not_counted():
    assert count_articles(["https://example.org/a"]) is None
    assert count_articles(["-"]) is None
