"""A process that answers questions, as the server sees it."""

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Self

from kg.serve.answers import Reply, Task, refuse
from kg.serve.settings import Settings

__all__ = ["CHUNK", "Answer", "Worker"]

CHUNK = 2**16
IN_MEMORY = 2**20  # bytes of an answer from which it is kept on disk until it is sent
LOWEST = 19  # the priority of what has worked long


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply that was read whole from its process: `body` stands at its start and has `size` bytes."""

    status: int
    media: str
    cut: bool
    size: int
    body: IO[bytes]


class Worker:
    """A process that answers one question after another, until a question ends it."""

    def __init__(self, process: Process, timeout: float) -> None:
        self._process = process
        self._timeout = timeout
        self._killed = False

    @classmethod
    async def hire(cls, settings: Settings) -> Self:
        """A process that is ready. Raises: OSError where the system has none to give."""
        command = ["-m", "kg.serve.worker", str(settings.store), str(settings.timeout), str(settings.limit)]
        process = await asyncio.create_subprocess_exec(sys.executable, *command, stdin=PIPE, stdout=PIPE)
        worker = cls(process, settings.timeout)
        try:
            await _read(process)
        except asyncio.IncompleteReadError as error:
            raise OSError(f"a process ended at its start, with exit code {await process.wait()}") from error
        except asyncio.CancelledError:
            worker.kill()
            raise
        return worker

    async def answer(self, task: Task) -> Answer:
        """The answer to the task, or why the process ended over it; it ends, too, where nobody waits."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(task).encode() + b"\n")
            await self._process.stdin.drain()
            return await _read(self._process)
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
            return _received(self._explain(await self._process.wait()))
        except BaseException:
            self.kill()
            raise

    def is_alive(self) -> bool:
        """Whether it may be asked more."""
        return self._process.returncode is None and not self._killed

    def worked(self) -> float:
        """Seconds of a processor that it has used; where the system doesn't tell, seconds that pass."""
        try:
            stat = Path(f"/proc/{self._process.pid}/stat").read_text("ascii", "replace")
        except OSError:
            return time.monotonic()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def lower(self) -> None:
        """Leaves it what of the processors others don't need."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, LOWEST)

    def kill(self) -> None:
        """Ends it, whatever it does."""
        if self.is_alive():
            self._killed = True
            self._process.kill()

    async def end(self) -> None:
        """Ends it, and waits until it has ended."""
        self.kill()
        await self._process.wait()

    def _explain(self, code: int) -> Reply:
        """Why it ended while it was asked something, from its exit code."""
        if code == -signal.SIGALRM:
            limit = f"{self._timeout:g} s"
            return refuse(503, f"ended after {limit}, the time limit: ask for less, or more precisely")
        return refuse(500, "that ended its process: it needs too much memory, or is nested too deeply")


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
