"""Processes that answer questions: a few that are warm, each replaced where a question ends it."""

import asyncio
import os
from collections.abc import Awaitable
from contextlib import nullcontext

from kg.serve.answers import Task
from kg.serve.places import BusyError, Places
from kg.serve.process import Answer, Worker
from kg.serve.settings import Settings

__all__ = ["Pool"]

QUICK, LONG = 0.1, 1.0  # seconds of a processor, where others wait and where nobody does
SLOW = 12  # questions that work for long
SPARE = 8  # processes that are ready to replace others, where many may ask
PATIENCE = 30  # seconds that a question waits to be begun, at least
GLANCE = 0.05  # seconds between two looks at what a question has used


class Pool:
    """The processes: quick ones, and beside them slow ones that others go before.

    A question that has worked for a while makes room, sooner where others wait: its process goes on with what
    the machine has to spare, and a new one, of which some are kept ready, takes its place. Where the slow
    places are taken it is ended, and asked again in its turn.
    Updates are carried out one after another, since only one may write to the store.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._size = min(max(os.cpu_count() or 1, 4), 8)
        self._quick = Places(self._size, max(settings.timeout, PATIENCE))
        self._slow = Places(SLOW, settings.timeout)
        self._writing = asyncio.Lock()
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._one_by_one = asyncio.Lock()
        self._hiring: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Starts the processes, those that replace others later. Raises: BusyError."""
        for worker in await asyncio.gather(*(self._hire() for _ in range(self._size))):
            self._idle.put_nowait(worker)
        for _ in range(2 if self._settings.is_local else SPARE):
            self._replace()

    async def close(self) -> None:
        """Ends all processes, whatever they do."""
        for hiring in self._hiring:
            hiring.cancel()
        for worker in self._workers:
            await worker.end()

    async def ask(self, task: Task, client: str) -> Answer:
        """The answer to the task, or why there is none; who stops waiting for it ends its process.

        Raises: BusyError.
        """
        async with self._writing if task.action == "update" else nullcontext():
            return await self._ask(task, client)

    async def _ask(self, task: Task, client: str) -> Answer:
        async with self._quick.take(client):
            worker = await self._idle.get()
            asked = asyncio.create_task(worker.answer(task))
            try:
                await self._wait_while_quick(worker, asked, task)
            except asyncio.CancelledError:
                worker.kill()
                raise
            finally:
                if asked.done() and worker.is_alive():
                    self._idle.put_nowait(worker)
                else:
                    self._replace()
        if asked.done():
            return asked.result()
        if self._slow.has_room(client):
            async with self._slow.take(client):
                return await self._finish(worker, asked)
        worker.kill()
        async with self._slow.take(client):
            worker = await self._hire()
            return await self._finish(worker, worker.answer(task))

    async def _wait_while_quick(self, worker: Worker, asked: asyncio.Task[Answer], task: Task) -> None:
        """Returns when the task is done, or has worked for a while; an update may work for longer."""
        before = worker.worked()
        while not asked.done():
            worked = worker.worked() - before
            if task.action != "update" and worked > (QUICK if self._quick.are_wanted() else LONG):
                return
            await asyncio.wait({asked}, timeout=GLANCE)

    async def _finish(self, worker: Worker, asked: Awaitable[Answer]) -> Answer:
        worker.lower()
        try:
            return await asked
        finally:
            worker.kill()

    def _replace(self) -> None:
        hiring = asyncio.create_task(self._refill())
        self._hiring.add(hiring)
        hiring.add_done_callback(self._hiring.discard)

    async def _refill(self) -> None:
        while True:
            try:
                async with self._one_by_one:  # starting takes a processor, which questions need, too
                    self._idle.put_nowait(await self._hire())
                return
            except BusyError:
                await asyncio.sleep(1)

    async def _hire(self) -> Worker:
        try:
            worker = await Worker.hire(self._settings)
        except OSError as error:
            raise BusyError(f"no process can be started: {error.strerror or error}") from error
        self._workers = {each for each in self._workers if each.is_alive()} | {worker}
        return worker
