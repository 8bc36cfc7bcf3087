"""Connections within limits: fewer than the files that may be open, none waiting for its client for ever."""

import asyncio
import socket
from collections import Counter
from random import sample
from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit
from typing import Any, cast

import h11
from starlette.responses import PlainTextResponse
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["RETRY", "Connection", "most_connections"]

MOST = 512
FEW = 16  # connections that have only just come, and may be about to ask
SAMPLE = 64  # connections that are looked at first where one has to give place
RETRY = {"Retry-After": "5"}  # seconds
CLOSE = {"Connection": "close"}
# What a connection may wait for, and how many seconds.
FIRST_BYTE, HEAD, BODY, RECEIPT = "a request", "the head of the request", "the body of the request", "receipt"
PATIENCE = {FIRST_BYTE: 5, HEAD: 10, BODY: 30, RECEIPT: 20}


def most_connections() -> int:
    """How many connections there may be; each may need a file for its answer, and processes need some."""
    files = getrlimit(RLIMIT_NOFILE)[0]
    return MOST if files == RLIM_INFINITY else min(MOST, files // 3)


class Connection(H11Protocol):
    """A connection that is closed where its client is too slow, or where a new one needs its place.

    It gives place only while it waits for its client: of some that do, the one that waits longest of the
    client that has most of them. Where hardly any waits, a new one is told to come back (503).

    A client that says no more (a closed half) still gets its answer. It can't be told from one that has gone
    but by sending something: so where the answer takes longer, it is sent "100 Continue" once.
    """

    connections: set["Connection"]  # type: ignore[assignment]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Takes the connection, and has it looked at once a second."""
        super().connection_made(transport)
        self._state: tuple[str | None, object] = (FIRST_BYTE, None)
        self._since = self.loop.time()
        self._heard_all: float | None = None
        self._probed = False
        self._make_room()
        self._looking = self.loop.call_later(1, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Lets go of the connection."""
        self._looking.cancel()
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Whether the connection is kept: where the client has asked something whole and waits."""
        self._heard_all = self.loop.time()
        return self._is_asked()

    def on_response_complete(self) -> None:
        """Goes on with the next request, or closes the connection where there can't be one."""
        super().on_response_complete()
        if self._heard_all is not None and not self._is_asked():
            self.transport.close()

    def resume_writing(self) -> None:
        """Goes on: the client has taken some of the answer."""
        super().resume_writing()
        self._since = self.loop.time()

    def _make_room(self) -> None:
        if len(self.connections) <= most_connections():
            return
        everyone, now = list(self.connections), self.loop.time()
        waiting = [each for each in sample(everyone, min(SAMPLE, len(everyone))) if each._awaited()]
        waiting = [each for each in waiting if now - each._since >= 1]
        if not waiting:
            waiting = [each for each in everyone if each is not self and each._awaited()]
            if len(waiting) <= FEW:
                self._refuse()
                return
        held = Counter(each._host for each in waiting)
        min(waiting, key=lambda each: (-held[each._host], each._since))._drop()

    def _refuse(self) -> None:
        self.app = cast(Any, PlainTextResponse("too many connections\n", 503, RETRY | CLOSE))

    def _look(self) -> None:
        state = (self._awaited(), self.cycle)
        awaited = state[0]
        if state != self._state:
            self._state, self._since = state, self.loop.time()
        elif awaited and self.loop.time() - self._since > PATIENCE[awaited]:
            self._end(awaited)
        if self._heard_all is not None and self.loop.time() - self._heard_all > 1:
            self._look_for_client()
        self._looking = self.loop.call_later(1, self._look)

    def _look_for_client(self) -> None:
        """Lets go of the connection where the client has answered the probe by saying that it has gone."""
        if self.transport.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self._drop()
        elif not self._probed and not self.cycle.response_started and self.scope["http_version"] == "1.1":
            self._probed = True
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _is_asked(self) -> bool:
        """Whether there is a request that came whole and isn't answered yet."""
        asked = self.cycle is not None and not self.cycle.response_complete
        return asked and self.conn.their_state not in {h11.SEND_BODY, h11.ERROR}

    def _awaited(self) -> str | None:
        """What the client has to do next, `None` while it waits for us."""
        if self.flow.write_paused or self.transport.is_closing():
            return RECEIPT
        if self.conn.their_state is h11.SEND_BODY:
            return BODY
        if self.conn.their_state is h11.IDLE:
            return HEAD if self.conn.trailing_data[0] else FIRST_BYTE
        return None

    def _end(self, awaited: str) -> None:
        """Closes the connection; a client that was about to ask something is told why."""
        if awaited == HEAD or (awaited == BODY and not self.cycle.response_started):
            reason = f"{awaited} took longer than {PATIENCE[awaited]} s\n".encode()
            head = "HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain; charset=utf-8\r\n"
            head += f"Content-Length: {len(reason)}\r\nConnection: close\r\n\r\n"
            self.transport.write(head.encode() + reason)
            self.transport.close()
        else:
            self._drop()

    def _drop(self) -> None:
        self.connections.discard(self)
        self.transport.abort()

    @property
    def _host(self) -> str:
        return self.client[0] if self.client else ""
