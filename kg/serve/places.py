"""Places for questions, of which no client can take all."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

__all__ = ["BusyError", "Places"]

WAITING = 256  # of one client


class BusyError(Exception):
    """There is no place now; later there may be."""


class Places:
    """A number of places; one client has all but one of them at most, and who has fewest goes first.

    A client waits `patience` seconds for a place, and for 256 of them at once.
    """

    def __init__(self, number: int, patience: float) -> None:
        self._free = number
        self._share = max(number - 1, 1)
        self._patience = patience
        self._held: Counter[str] = Counter()
        self._waiting: dict[asyncio.Future[None], str] = {}

    @asynccontextmanager
    async def take(self, client: str) -> AsyncIterator[None]:
        """A place, as long as the context lasts. Raises: BusyError."""
        if self.has_room(client):
            self._give(client)
        else:
            await self._wait(client)
        try:
            yield
        finally:
            self._take_back(client)

    def has_room(self, client: str) -> bool:
        """Whether the client needn't wait for a place."""
        return self._free > 0 and self._held[client] < self._share

    def are_wanted(self) -> bool:
        """Whether a client waits for one of them."""
        return bool(self._waiting)

    async def _wait(self, client: str) -> None:
        if list(self._waiting.values()).count(client) == WAITING:
            raise BusyError(f"{WAITING} of your questions wait already: ask again later")
        called = asyncio.get_running_loop().create_future()
        self._waiting[called] = client
        try:
            async with asyncio.timeout(self._patience):
                await called
        except (asyncio.CancelledError, TimeoutError) as error:
            if self._waiting.pop(called, None) is None:
                self._take_back(client)  # it was called, but had gone
            if isinstance(error, TimeoutError):
                raise BusyError("all processes are busy with other questions: ask again later") from error
            raise

    def _give(self, client: str) -> None:
        self._free -= 1
        self._held[client] += 1

    def _take_back(self, client: str) -> None:
        self._free += 1
        self._held[client] -= 1
        self._held += Counter()  # forgets those that have none
        able = (called for called, each in self._waiting.items() if self.has_room(each) and not called.done())
        called = min(able, key=lambda called: self._held[self._waiting[called]], default=None)
        if called is not None:
            self._give(self._waiting.pop(called))
            called.set_result(None)
