"""The server: what it listens on, how many may be connected, and what it logs."""

import logging
import socket
from contextlib import suppress

import uvicorn

from kg.serve.app import make_app
from kg.serve.connections import Connection, most_connections
from kg.serve.logs import Thrift
from kg.serve.settings import Settings

__all__ = ["run_server"]

BACKLOG = 128  # connections that the system accepts before the server does


def run_server(settings: Settings, listening: socket.socket) -> None:
    """Serves on the socket until the process is told to end."""
    config = uvicorn.Config(
        make_app(settings),
        log_level="warning",
        server_header=False,
        h11_max_incomplete_event_size=2**20,
        http=Connection,
        ws="none",
        backlog=min(BACKLOG, most_connections() // 2),
        timeout_graceful_shutdown=1,
    )
    thrift = Thrift()
    for name in ("asyncio", "uvicorn.error"):
        logging.getLogger(name).addFilter(thrift)
    # Taken over by each connection: else an answer waits for the client's receipt of its head.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
