"""An address that a user gave → what is there, from public addresses alone.

The limits: 20 MB, 30 seconds in all, 5 redirects. Of a name, the very address that was found to be public
is connected to, so that no second answer of a name server leads elsewhere. Proxies are not used.
"""

import ipaddress
import re
import ssl
from collections.abc import Mapping
from socket import SOCK_STREAM, getaddrinfo
from time import monotonic
from typing import Any, NamedTuple

import httpcore
import httpx

from kg.articles.streams import LONGEST_DOCUMENT, limit
from kg.errors import ArticleError

__all__ = ["REDIRECTS", "SECONDS", "Fetched", "fetch", "is_public"]

SECONDS = 30.0
REDIRECTS = 5
HEADERS: Mapping[bytes | str, bytes | str] = {
    "User-Agent": "state-relations",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 seen from a network that has IPv6 alone


class Fetched(NamedTuple):
    """What an address gave, where it was in the end, and the media type and encoding that it declares."""

    url: str
    path: str
    media_type: str
    charset: str | None
    content: bytes


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """What is at an address.

    Raises: ArticleError for what isn't `http:` or `https:`, for an address that isn't public unless
    `allow_private`, for an answer other than 200, and beyond the limits.
    """
    deadline = monotonic() + SECONDS
    network = _Network(deadline, allow_private=allow_private)
    secure = httpx.create_ssl_context(trust_env=False)
    try:
        with httpcore.ConnectionPool(ssl_context=secure, network_backend=network) as pool:
            for _ in range(REDIRECTS + 1):
                here = _parse(url)
                with pool.stream("GET", str(here), headers=HEADERS) as answer:
                    headers = {
                        name.decode().lower(): value.decode("latin-1") for name, value in answer.headers
                    }
                    if answer.status in (301, 302, 303, 307, 308) and "location" in headers:
                        url = str(here.join(headers["location"]))
                        continue
                    if answer.status != 200:
                        raise ArticleError(f"HTTP {answer.status}")
                    if headers.get("content-encoding", "gzip").strip().lower() not in ("gzip", "identity"):
                        raise ArticleError(f"compressed as {headers['content-encoding']!r}, not gzip")
                    declared = headers.get("content-type", "")
                    charset = CHARSET.search(declared)
                    return Fetched(
                        str(here),
                        here.path,
                        declared.partition(";")[0].strip().lower(),
                        charset[1] if charset else None,
                        b"".join(limit(answer.iter_stream(), LONGEST_DOCUMENT)),
                    )
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise ArticleError(f"can't be fetched: {error or type(error).__name__}") from None
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ArticleError(f"{url!r} is no address: {error}") from None
    raise ArticleError(f"more than {REDIRECTS} redirects")


def is_public(address: str) -> bool:
    """Whether an address of IPv4 or IPv6 is one that anyone may reach.

    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("fe80::1%eth0")
    (True, False, False, False)
    """
    known = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address):
        inner = known.ipv4_mapped or known.sixtofour or (known.teredo or (None, None))[1]
        if known in TRANSLATED:
            inner = ipaddress.IPv4Address(int(known) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return known.is_global and not known.is_multicast


def _parse(url: str) -> httpx.URL:
    parsed = httpx.URL(url)
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise ArticleError(f"{url!r}: only http: and https: addresses are fetched")
    return parsed


def _left(deadline: float) -> float:
    """The seconds until the deadline. Raises: httpcore.ReadTimeout after it."""
    left = deadline - monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout(f"it takes longer than {SECONDS:.0f} seconds")
    return left


class _Network(httpcore.NetworkBackend):
    """Connections to addresses that have been checked, all with one deadline."""

    def __init__(self, deadline: float, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._backend = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers."""
        try:
            found = getaddrinfo(host, port, type=SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(f"{host}: {error.strerror}") from None
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise ArticleError(f"{host} is at {address}, which is not a public address")
        failed: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in addresses:
            try:
                stream = self._backend.connect_tcp(address, port, _left(self._deadline))
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failed = error
            else:
                return _Stream(stream, self._deadline)
        raise failed or httpcore.ConnectError(f"{host} has no address")


class _Stream(httpcore.NetworkStream):
    """A connection on which nothing takes longer than until the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """The bytes that came."""
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Sends bytes."""
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        """Ends the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted."""
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection tells of itself."""
        return self._stream.get_extra_info(info)
