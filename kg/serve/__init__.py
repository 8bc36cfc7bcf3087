"""A store as a SPARQL 1.1 endpoint with a query editor and the page of its graph."""

import os
import re
import socket
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.errors import KGError
from kg.serve.settings import Settings
from kg.store.embedded import EmbeddedStore

__all__ = ["Settings", "serve"]

TOKEN = "KG_SERVE_TOKEN"  # the name of the variable of the environment
ORIGIN = re.compile(r"\*|https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


def serve(
    store: str | Path,
    announce: Callable[[Settings], object],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = 30,
    limit: int = 10_000,
    writable: bool = False,
    cors: Iterable[str] = (),
) -> None:
    """Serves the store in a folder until the process is told to end; `announce` is told what, and where.

    A question may take `timeout` seconds, after which the process that answers it is ended, and its
    answer has at most `limit` rows or triples. Port 0 is any that is free. Scripts of pages of the origins
    `cors` may ask; "*" is any. `writable` takes updates, which must carry the token that the environment has
    as `KG_SERVE_TOKEN`, if any; where others than this machine reach the server, there must be one.
    Raises: KGError where the token is missing, an origin is none, the store can't be opened, or the port is
    taken.
    """
    from kg.serve.server import run_server  # noqa: PLC0415  (the processes that answer needn't wait for it)

    if "://" in str(store):
        raise KGError(f"{store}: a store on a server has its own endpoint; kg serve is for a folder")
    origins = tuple(cors)
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise KGError(f"{origin!r} is no origin of pages: write it like https://example.org, or *")
    with EmbeddedStore.open(store, read_only=not writable):
        pass  # that it can be opened is better known before there is a server
    try:
        listening = socket.create_server((host, port), family=_family(host))
    except OSError as error:
        raise KGError(f"{host}:{port}: can't be listened on: {error.strerror}") from error
    with listening:
        address, port = listening.getsockname()[:2]
        settings = Settings(Path(store), address, port, timeout, limit, writable, origins, _read_token())
        if writable and not settings.is_local and settings.token is None:
            raise KGError(f"{address} is open to others: to take updates from it, set {TOKEN} to a secret")
        announce(settings)
        run_server(settings, listening)


def _read_token() -> str | None:
    token = os.environ.get(TOKEN)
    if token and not re.fullmatch(r"[!-~]+", token):
        raise KGError(f"{TOKEN} may have letters, digits and signs of ASCII, without spaces")
    return token or None


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
