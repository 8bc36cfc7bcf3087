"""What an endpoint bears that is open to others: `python -m benchmarks.serving`.

200 light questions at once, alone and beside 8 that would never end, at a time limit of 5 s; then 1,000
connections that ask nothing, or half of something, kept up for 30 s where the server may open 1,024 files.
Prints how many questions of others were answered, after how long, and how much was logged. All of it is on
this machine.
"""

import asyncio
import resource
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from kg.store import EmbeddedStore
from tests.graph.synthetic import generate

__all__ = ["main"]

LIGHT, SLOW, TIMEOUT = 200, 8, 5
IDLE, SECONDS, FILES = 1000, 30, 1024
WARMING = 10  # seconds that the server has to start its processes
PATIENCE = 60  # seconds after which an answer is given up
EVERYTHING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
STATEMENTS = "SELECT ?statement ?target { ?statement sr:source actor:RUS ; sr:target ?target } LIMIT 20"
HALF = b"GET /query HTTP/1.1\r\nHost: localhost\r\n"


class Served(NamedTuple):
    """A server: where it listens, and the file of its log."""

    host: str
    port: int
    log: Path


def main() -> None:
    """Prints a line for each part."""
    statements, articles = generate(2000, 50)
    with tempfile.TemporaryDirectory() as folder:
        with EmbeddedStore.open(Path(folder) / "store") as store:
            store.load([(articles[each.evidence.span.article], [each]) for each in statements])
        for slow, before in ((0, 0), (SLOW, 0), (SLOW, 2)):
            with _serve(Path(folder)) as served:
                asyncio.run(_ask_beside_slow_ones(served, slow, before))
        with _serve(Path(folder)) as served:
            asyncio.run(_ask_beside_idle_ones(served))
            print(f"  log: {served.log.stat().st_size} bytes")


@contextmanager
def _serve(folder: Path) -> Iterator[Served]:
    """A server over the store in the folder, with few files; it ends with the context."""
    log = folder / "log"
    options = ["--store", str(folder / "store"), "--host", "0.0.0.0", "--port", "0"]
    options += ["--timeout", str(TIMEOUT)]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "kg", "serve", *options], stdout=subprocess.PIPE, stderr=errors
        )
    try:
        assert process.stdout is not None
        if not select.select([process.stdout], [], [], PATIENCE)[0]:
            raise TimeoutError("the server doesn't start")
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (FILES, FILES))
        url = urlsplit(next(word for word in process.stdout.readline().decode().split() if "://" in word))
        time.sleep(WARMING)
        yield Served("127.0.0.1", url.port or 0, log)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


async def _ask_beside_slow_ones(served: Served, number: int, before: float) -> None:
    """Asks light questions, when so many slow ones have worked for so many seconds."""
    await _ask(served, STATEMENTS)
    slow = [asyncio.create_task(_ask(served, EVERYTHING)) for _ in range(number)]
    await asyncio.sleep(before)
    light = await asyncio.gather(*(_ask(served, STATEMENTS) for _ in range(LIGHT)))
    print(f"{LIGHT} light questions at once, {before} s after {number} slow ones:")
    _tell(light)
    await asyncio.gather(*slow)


async def _ask_beside_idle_ones(served: Served) -> None:
    """Asks light questions one after another while idle connections are kept up."""
    idle = [asyncio.create_task(_stay_idle(served, HALF if number % 2 else b"")) for number in range(IDLE)]
    await asyncio.sleep(1)  # until they are there: this process opens them and asks, by turns
    end = time.monotonic() + SECONDS
    answers = []
    while time.monotonic() < end:
        answers.append(await _ask(served, STATEMENTS))
        await asyncio.sleep(0.1)
    for each in idle:
        each.cancel()
    opened = sum(await asyncio.gather(*idle))
    print(f"{IDLE} idle connections for {SECONDS} s, {FILES} files, {opened} opened in all:")
    _tell(answers)


async def _stay_idle(served: Served, data: bytes) -> int:
    """How often a connection was made that asks nothing; where the server closes it, another is made."""
    made = 0
    try:
        while True:
            made += 1
            try:
                reader, writer = await asyncio.open_connection(served.host, served.port)
                writer.write(data)
                await reader.read()
                writer.close()
            except ConnectionError:
                pass
            await asyncio.sleep(5)
    except asyncio.CancelledError:
        return made


async def _ask(served: Served, sparql: str) -> tuple[int, float]:
    """The status of the answer, 0 where there was none, and after how many seconds it was there."""
    begun = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(served.host, served.port)
            head = (
                f"GET /query?query={quote(sparql)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            writer.write(head.encode())
            answer = await reader.read()
            writer.close()
    except (ConnectionError, TimeoutError):
        answer = b""
    return int(answer.split(maxsplit=2)[1]) if answer else 0, time.monotonic() - begun


def _tell(answers: Sequence[tuple[int, float]]) -> None:
    times = sorted(taken for _, taken in answers)
    answered = sum(status == 200 for status, _ in answers)
    middle, late = times[len(times) // 2], times[len(times) * 99 // 100 - 1]
    print(
        f"  {answered} of {len(answers)} answered; half within {middle:.2f} s, "
        f"99 of 100 within {late:.2f} s, all within {times[-1]:.2f} s"
    )


if __name__ == "__main__":
    main()
