"""A store as a SPARQL 1.1 endpoint with a query editor and the page of its graph."""

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kg.errors import KGError
from kg.store.embedded import EmbeddedStore

__all__ = ["serve"]


def serve(
    store: str | Path,
    announce: Callable[[str], object],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = 30,
    limit: int = 10_000,
    writable: bool = False,
) -> None:
    """Serves the store in a folder until the process is told to end; `announce` is told the URL.

    A question may take `timeout` seconds, after which the process that answers it is ended, and its
    answer has at most `limit` rows or triples. Port 0 is any that is free. `writable` takes updates.
    Raises: KGError where the store can't be opened, or the port is taken.
    """
    import uvicorn  # noqa: PLC0415  (the processes that answer, which import this package, need none of these)

    from kg.serve.app import make_app  # noqa: PLC0415
    from kg.serve.pool import Settings  # noqa: PLC0415

    if "://" in str(store):
        raise KGError(f"{store}: a store on a server has its own endpoint; kg serve is for a folder")
    with EmbeddedStore.open(store, read_only=not writable):
        pass  # that it can be opened is better known before there is a server
    try:
        listening = socket.create_server((host, port), family=_family(host))
    except OSError as error:
        raise KGError(f"{host}:{port}: can't be listened on: {error.strerror}") from error
    # Taken over by each connection: else an answer waits for the client's receipt of its head.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    settings = Settings(Path(store), host, listening.getsockname()[1], timeout, limit, writable)
    name = f"[{host}]" if ":" in host else host
    announce(f"http://{name}:{settings.port}/")
    config = uvicorn.Config(
        make_app(settings),
        log_level="warning",
        server_header=False,
        h11_max_incomplete_event_size=2**20,
        http="h11",
        timeout_graceful_shutdown=1,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
