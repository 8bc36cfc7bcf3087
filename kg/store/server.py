"""A SPARQL 1.1 server over HTTP: where it is asked, who asks, and what happens when it doesn't answer."""

import os
import time
from collections.abc import Generator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

from kg.errors import StoreError

__all__ = ["Endpoints", "Server", "find_endpoints"]

DELAYS = (0.5, 1, 2, 4, 8, 16)  # seconds before each further try
LONGEST = 120  # seconds that a server may ask to be left alone
TIMEOUT = httpx.Timeout(600, connect=10)
BUSY = {408, 429, 502, 503, 504}
# What the endpoints for updates and graphs are called beside a query endpoint of that name.
BESIDE = {
    "query": ("update", "store"),
    "sparql": ("sparql", "sparql-graph-crud"),
    "sparql-auth": ("sparql-auth", "sparql-graph-crud-auth"),
}


class Endpoints(NamedTuple):
    """The URLs of the SPARQL 1.1 Query, Update and Graph Store protocols."""

    query: str
    update: str
    graphs: str


def find_endpoints(url: str) -> Endpoints:
    """The endpoints of the server at `url`.

    They are called `query`, `update` and `store`, in the folder `url` or beside it, where it is one of
    them by name; beside `sparql` they have the names of Virtuoso. Names after `#` go before these.
    Raises: StoreError for a URL with a password or options that there aren't.

    >>> find_endpoints("http://host:7878").update
    'http://host:7878/update'
    >>> find_endpoints("http://host:8890/sparql").graphs
    'http://host:8890/sparql-graph-crud'
    >>> find_endpoints("http://host:3030/news#graphs=data").graphs
    'http://host:3030/news/data'
    """
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise StoreError("a store's URL is given without user and password: set KG_STORE_USER, …_PASSWORD")
    folder, _, name = parts.path.rpartition("/")
    if name not in BESIDE:
        folder, name = parts.path.rstrip("/"), "query"
    given = dict(parse_qsl(parts.fragment, keep_blank_values=True))
    if parts.query or not given.keys() <= set(Endpoints._fields) or (parts.fragment and not given):
        raise StoreError(f"{url}: what follows # is query=, update= or graphs= with a name, joined by &")
    names = {**dict(zip(Endpoints._fields, (name, *BESIDE[name]), strict=True)), **given}
    base = f"{parts.scheme}://{parts.netloc}{folder}/"
    return Endpoints(**{field: urljoin(base, name) for field, name in names.items()})


class Server:
    """A connection that tries again where a server is away or busy; all it is asked to do may be repeated.

    User and password are those of the environment (`KG_STORE_USER`, `KG_STORE_PASSWORD`), or a bearer's
    token (`KG_STORE_TOKEN`).
    """

    def __init__(self, url: str) -> None:
        self._endpoints = find_endpoints(url)
        self._reached = False
        token, user = os.environ.get("KG_STORE_TOKEN"), os.environ.get("KG_STORE_USER")
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {token}"} if token else None,
            auth=_Login(user, os.environ.get("KG_STORE_PASSWORD", "")) if user and not token else None,
            timeout=TIMEOUT,
        )

    def close(self) -> None:
        """Ends the connection; nothing can be asked after."""
        self._http.close()

    def query(self, sparql: str, form: str) -> bytes:
        """The answer in the media type `form`, over the union of all graphs.

        Virtuoso always asks the union, Oxigraph where the parameter says so.
        Raises: SyntaxError, where the server calls it one; StoreError.
        """
        url = self._endpoints.query
        fields = {"query": sparql, "union-default-graph": "true"}
        response = self._send("POST", url, data=fields, headers={"Accept": form})
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise SyntaxError(response.text)
        self._check(response)
        found = response.headers.get("content-type", "nothing")
        if found.partition(";")[0].strip() != form:
            raise StoreError(
                f"{url}: not a SPARQL endpoint: answers {found}, not {form}: {_excerpt(response)}"
            )
        if "x-sparql-maxrows" in response.headers:
            limit = response.headers["x-sparql-maxrows"]
            raise StoreError(
                f"{url}: the server cuts answers off at {limit} rows: raise its ResultSetMaxRows"
            )
        return response.content

    def update(self, sparql: str) -> None:
        """Does an update. Raises: StoreError."""
        headers = {"Content-Type": "application/sparql-update"}
        self._check(self._send("POST", self._endpoints.update, content=sparql.encode(), headers=headers))

    def get(self, graph: str) -> bytes:
        """What the graph holds as N-Triples, nothing for an unknown one. Raises: StoreError."""
        headers = {"Accept": "application/n-triples"}
        response = self._send("GET", self._endpoints.graphs, params={"graph": graph}, headers=headers)
        if response.status_code == httpx.codes.NOT_FOUND:
            return b""
        self._check(response)
        return response.content

    def put(self, graph: str, triples: bytes) -> None:
        """Puts N-Triples in the place of what the graph held. Raises: StoreError."""
        # N-Triples are Turtle, and some servers take only that.
        headers = {"Content-Type": "text/turtle"}
        address = {"graph": graph}
        self._check(
            self._send("PUT", self._endpoints.graphs, params=address, content=triples, headers=headers)
        )

    def _send(self, method: str, url: str, **request: object) -> httpx.Response:
        """The answer, as soon as there is one; who was never reached is not tried again."""
        for delay in (*DELAYS, None):
            try:
                response = self._http.request(method, url, **request)  # type: ignore[arg-type]
            except httpx.TimeoutException as error:
                raise StoreError(f"{url}: no answer in time ({type(error).__name__})") from error
            except httpx.TransportError as error:
                if delay is None or not self._reached:
                    raise StoreError(f"{url}: can't be reached: {error}") from error
                wait = 0.0
            except RuntimeError as error:
                raise StoreError(f"{url}: the store is closed") from error
            else:
                self._reached = True
                if delay is None or response.status_code not in BUSY:
                    return response
                wait = _wait(response)
            time.sleep(max(wait, delay))
        raise AssertionError

    def _check(self, response: httpx.Response) -> None:
        """Raises StoreError for an answer that isn't success."""
        url, status = response.request.url.copy_with(query=None), response.status_code
        if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            advice = "set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"
            told = _excerpt(response)
            if told and status == httpx.codes.FORBIDDEN:
                advice = f"{told} (where that is for want of a name, {advice})"
            raise StoreError(f"{url}: not allowed ({status}): {advice}")
        if not response.is_success:
            raise StoreError(f"{url}: answers {status} {response.reason_phrase}: {_excerpt(response)}")


class _Login(httpx.Auth):
    """User and password, by the method that the server asks for."""

    def __init__(self, user: str, password: str) -> None:
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            asked = response.headers.get("www-authenticate", "").lower()
            self._chosen = self._digest if asked.startswith("digest") else self._basic
        yield from self._chosen.auth_flow(request)


def _wait(response: httpx.Response) -> float:
    """The seconds that a busy server asks to wait for, 0 where it doesn't say."""
    asked = response.headers.get("retry-after", "0")
    try:
        seconds = float(asked)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds()
        except ValueError:
            return 0
    return min(max(seconds, 0), LONGEST)


def _excerpt(response: httpx.Response) -> str:
    text = " ".join(response.text.split())
    return text if len(text) <= 200 else f"{text[:200]}…"
