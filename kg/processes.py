"""Extraction in processes of this machine, in order, whatever happens to one of them."""

import faulthandler
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread, current_thread, main_thread
from types import TracebackType
from typing import Self, TextIO, TypeVar, cast

from kg.articles import Failure
from kg.extract.base import Extractor
from kg.model import Article
from kg.parse import Parser
from kg.pipeline import Extraction, extract_statements, load_extractor

__all__ = [
    "Processes",
    "Reading",
    "Result",
    "extract_here",
    "join_results",
    "make_batches",
    "pick_articles",
]

CHARACTERS = 60_000  # of the articles that a process is given at once
ARTICLES = 128
AHEAD = 2  # batches a process that wait for it
GRACE = 15  # seconds after which a process is ended that doesn't heed the time limit
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # one a process
Other = TypeVar("Other")
Result = Extraction | Failure


@dataclass(frozen=True, slots=True)
class Reading:
    """How articles are read: extractor, pipelines by language, and seconds that an article may take."""

    extractor: str = "rules"
    pipelines: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 60.0


class Processes:
    """The engine of this machine: so many processes, which are there until it is closed.

    If one ends, by the system or its time limit, the articles that it had are read again, each alone, and
    one that ends it again is a failure.
    """

    def __init__(self, reading: Reading, workers: int) -> None:
        self._reading = reading
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(wait=kind is None)

    def __call__(self, articles: Iterable[Article | Other]) -> Iterator[Result | Other]:
        """The extraction of each article in order, or its failure; all else is passed on in its place.

        Raises: PipelineError where a language can't be parsed.
        """
        waiting: deque[tuple[list[Article | Other], Future[list[Result]]]] = deque()
        for batch in make_batches(articles):
            waiting.append((batch, self._submit(pick_articles(batch))))
            if len(waiting) > self._workers * AHEAD:
                yield from self._finish(waiting)
        while waiting:
            yield from self._finish(waiting)

    def close(self, *, wait: bool = False) -> None:
        """Ends the processes once they have done what they are at, and may `wait` for that."""
        if self._executor is not None:
            self._executor.shutdown(wait=wait, cancel_futures=True)
            self._executor = None

    def _start(self) -> ProcessPoolExecutor:
        before = {name: os.environ.get(name) for name in THREADS}
        os.environ.update(dict.fromkeys(THREADS, "1"))
        try:
            executor = ProcessPoolExecutor(self._workers, get_context("spawn"), _prepare)
            for _ in range(self._workers):
                executor.submit(os.getpid)
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
        return executor

    def _submit(self, articles: list[Article]) -> "Future[list[Result]]":
        self._executor = self._executor or self._start()
        try:
            return self._executor.submit(extract_here, articles, self._reading)
        except BrokenProcessPool:
            self.close()
            return self._submit(articles)

    def _finish(
        self, waiting: "deque[tuple[list[Article | Other], Future[list[Result]]]]"
    ) -> Iterator[Result | Other]:
        """What the first that waits gives."""
        batch, future = waiting.popleft()
        try:
            results = future.result()
        except BrokenProcessPool:
            self.close()
            results = [self._read_alone(each) for each in pick_articles(batch)]
            lost = [(each, self._submit(pick_articles(each))) for each, _ in waiting]
            waiting.clear()
            waiting.extend(lost)
        yield from join_results(batch, results)

    def _read_alone(self, article: Article) -> Result:
        try:
            [result] = self._submit([article]).result()
        except BrokenProcessPool:
            self.close()
            limit = f"{self._reading.timeout:g} s"
            return Failure(article.id, f"ended what read it: too much memory, or far more than {limit}")
        return result


def extract_here(articles: Sequence[Article], reading: Reading) -> list[Result]:
    """The extractions of a few articles, within the time limit for each.

    What is loaded stays loaded. Where all of them take longer than one may, each is read again alone.
    """
    parser, extractor = _load(reading.extractor, tuple(sorted(reading.pipelines.items())))
    try:
        with _time_limit(reading.timeout):
            return list(cast(Iterable[Result], extract_statements(articles, extractor, parser)))
    except _OvertimeError:
        if len(articles) == 1:
            return [Failure(articles[0].id, f"not read within {reading.timeout:g} s")]
        return [result for each in articles for result in extract_here([each], reading)]


class _OvertimeError(BaseException):
    """The time limit; no `except Exception` may swallow it."""


def join_results(batch: Iterable[Article | Other], results: Iterable[Result]) -> Iterator[Result | Other]:
    """The results in the places of their articles, with these; all else as it is."""
    found = iter(results)
    for item in batch:
        if not isinstance(item, Article):
            yield item
            continue
        result = next(found)
        if isinstance(result, Extraction):
            result = replace(result, article=replace(item, language=result.article.language))
        yield result


def make_batches(articles: Iterable[Article | Other]) -> Iterator[list[Article | Other]]:
    """What comes, in lists of about `CHARACTERS` characters and `ARTICLES` at most."""
    batch: list[Article | Other] = []
    characters = 0
    for item in articles:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Article) else 0
        if characters >= CHARACTERS or len(batch) >= ARTICLES:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def pick_articles(batch: Iterable[Article | Other]) -> list[Article]:
    """The articles in it."""
    return [item for item in batch if isinstance(item, Article)]


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that reads the articles ends the others
    Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    """Ends this process when the one that started it has ended, however that happened."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@cache
def _load(extractor: str, pipelines: tuple[tuple[str, str], ...]) -> tuple[Parser, Extractor]:
    return Parser(dict(pipelines)), load_extractor(extractor)


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raises `_OvertimeError` after the time, and ends the process where that isn't heeded for `GRACE`.

    In another thread than the first, nothing can be raised: there, the process is ended.
    """

    def stop(_number: int, _frame: object) -> None:
        raise _OvertimeError

    in_first = current_thread() is main_thread()
    before = signal.signal(signal.SIGALRM, stop) if in_first else None
    signal.setitimer(signal.ITIMER_REAL, seconds if in_first else 0)
    faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=_nowhere())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if in_first:
            signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")
