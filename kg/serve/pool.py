"""Processes that answer questions: a few that are warm, each replaced where a question ends it."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import nullcontext
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from kg.serve.answers import Reply, Task, refuse

__all__ = ["Answer", "Pool", "Settings"]

CHUNK = 2**16
IN_MEMORY = 2**20  # bytes of an answer from which it is kept on disk until it is sent


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served, and where; `timeout` in seconds is that of a question, `limit` counts rows."""

    store: Path
    host: str = "127.0.0.1"
    port: int = 8000
    timeout: float = 30
    limit: int = 10_000
    writable: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply that was read whole from its process: `body` stands at its start and has `size` bytes."""

    status: int
    media: str
    cut: bool
    size: int
    body: IO[bytes]


class Pool:
    """The processes. Updates are carried out one after another, since only one may write to the store."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._size = min(max(os.cpu_count() or 1, 2), 8)
        self._writing = asyncio.Lock()
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._processes: set[Process] = set()
        self._hiring: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Starts the processes."""
        for _ in range(self._size):
            await self._hire()

    async def close(self) -> None:
        """Ends all processes, whatever they do."""
        for task in self._hiring:
            task.cancel()
        for process in self._processes:
            _kill(process)
            await process.wait()

    async def ask(self, task: Task) -> Answer:
        """The answer to the task, or why there is none; who stops waiting for it ends its process."""
        async with self._writing if task.action == "update" else nullcontext():
            return await self._ask(task)

    async def _ask(self, task: Task) -> Answer:
        try:
            async with asyncio.timeout(self._settings.timeout):
                process = await self._idle.get()
        except TimeoutError:
            return _received(refuse(503, "all processes are busy with other questions; ask again later"))
        answer = None
        try:
            answer = await _exchange(process, task)
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
            return _received(self._explain(await process.wait()))
        finally:
            if answer is None:
                self._replace(process)
            else:
                self._idle.put_nowait(process)
        return answer

    def _explain(self, code: int) -> Reply:
        """Why a process ended that was asked something, from its exit code."""
        if code == -signal.SIGALRM:
            limit = f"{self._settings.timeout:g} s"
            return refuse(503, f"ended after {limit}, the time limit: ask for less, or more precisely")
        return refuse(500, "that ended its process: it needs too much memory, or is nested too deeply")

    def _replace(self, process: Process) -> None:
        _kill(process)
        self._processes.discard(process)
        hiring = asyncio.create_task(self._hire())
        self._hiring.add(hiring)
        hiring.add_done_callback(self._hiring.discard)

    async def _hire(self) -> None:
        settings = self._settings
        command = ["-m", "kg.serve.worker", str(settings.store), str(settings.timeout), str(settings.limit)]
        process = await asyncio.create_subprocess_exec(sys.executable, *command, stdin=PIPE, stdout=PIPE)
        self._processes.add(process)
        await _read(process)
        self._idle.put_nowait(process)


async def _exchange(process: Process, task: Task) -> Answer:
    assert process.stdin is not None
    process.stdin.write(json.dumps(task).encode() + b"\n")
    await process.stdin.drain()
    return await _read(process)


async def _read(process: Process) -> Answer:
    """What the process says next. Raises: IncompleteReadError where it has ended."""
    assert process.stdout is not None
    status, media, size, cut = json.loads(await process.stdout.readuntil(b"\n"))
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by who sends it)
    for start in range(0, size, CHUNK):
        body.write(await process.stdout.readexactly(min(CHUNK, size - start)))
    body.seek(0)
    return Answer(status, media, cut, size, body)


def _received(reply: Reply) -> Answer:
    return Answer(reply.status, reply.media, reply.cut, len(reply.body), BytesIO(reply.body))


def _kill(process: Process) -> None:
    if process.returncode is None:
        process.kill()
