"""Extraction on many machines, by Dask: what a task finds is a Parquet file in a folder that all see."""

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar
from uuid import uuid4

from pyoxigraph import RdfFormat, parse, serialize

from kg.actors import load_actors
from kg.articles import Failure
from kg.errors import PipelineError
from kg.model import Article
from kg.pipeline import Extraction
from kg.processes import Reading, Result, extract_here, join_results, make_batches, pick_articles
from kg.store.rdf import write
from kg.store.reading import read_statements

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["Cluster"]

AHEAD = 3  # batches a thread of the cluster that wait for it
Other = TypeVar("Other")
_ONE_AT_A_TIME = Lock()  # a pipeline is not to be used by two threads of a worker


class Cluster:
    """The engine of many machines: the workers of a Dask scheduler, which must see `folder` as this one does.

    A task whose worker has ended goes to another. The articles of one that ends several are read again,
    each alone, and one that ends them again is a failure.
    """

    def __init__(self, reading: Reading, scheduler: str, folder: Path) -> None:
        self._reading = reading
        self._scheduler = scheduler
        self._folder = folder.resolve()
        self._client: Client | None = None

    def __enter__(self) -> Self:
        """Raises: PipelineError where Dask is not installed, or the scheduler doesn't answer."""
        try:
            from distributed import Client  # noqa: PLC0415  (an extra)
        except ImportError as error:
            raise PipelineError(
                f"a cluster needs {error.name}: pip install 'state-relations[dask]'"
            ) from error
        try:
            client = Client(self._scheduler, timeout="20s", set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise PipelineError(f"{self._scheduler}: no scheduler answers there: {error}") from error
        self._client = client
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __call__(self, articles: Iterable[Article | Other]) -> Iterator[Result | Other]:
        """The extraction of each article in order, or its failure; all else is passed on in its place.

        Raises: PipelineError where a language can't be parsed.
        """
        waiting: deque[tuple[list[Article | Other], Future[str]]] = deque()
        for batch in make_batches(articles):
            waiting.append((batch, self._submit(pick_articles(batch))))
            if len(waiting) > self._count_threads() * AHEAD:
                yield from self._finish(*waiting.popleft())
        while waiting:
            yield from self._finish(*waiting.popleft())

    def close(self) -> None:
        """Lets go of the scheduler."""
        if self._client is not None:
            self._client.close()  # type: ignore[no-untyped-call]
            self._client = None

    def _submit(self, articles: list[Article]) -> "Future[str]":
        if self._client is None:
            raise PipelineError("the cluster is closed")
        part = str(self._folder / f"{uuid4().hex}.parquet")
        return self._client.submit(write_part, articles, self._reading, part, pure=False)

    def _count_threads(self) -> int:
        threads: dict[str, int] = self._client.nthreads() if self._client else {}  # type: ignore[no-untyped-call]
        return max(1, sum(threads.values()))

    def _finish(self, batch: list[Article | Other], future: "Future[str]") -> Iterator[Result | Other]:
        from distributed import KilledWorker  # noqa: PLC0415

        try:
            results = _take_part(future.result())
        except KilledWorker:
            results = [self._read_alone(each) for each in pick_articles(batch)]
        yield from join_results(batch, results)

    def _read_alone(self, article: Article) -> Result:
        from distributed import KilledWorker  # noqa: PLC0415

        try:
            [result] = _take_part(self._submit([article]).result())
        except KilledWorker:
            return Failure(
                article.id, "ended the workers that read it: too much memory, or far too much time"
            )
        return result


def write_part(articles: list[Article], reading: Reading, path: str) -> str:
    """The path, of a Parquet file with a row for what each article gave; what a worker does."""
    import pyarrow as pa  # noqa: PLC0415  (an extra)
    import pyarrow.parquet as pq  # noqa: PLC0415

    with _ONE_AT_A_TIME:
        results = extract_here(articles, reading)
    written = Path(path).with_suffix(".part")
    pq.write_table(pa.Table.from_pylist([_row(each) for each in results], _schema()), written)
    written.replace(path)
    return path


def _schema() -> object:
    import pyarrow as pa  # noqa: PLC0415

    text = pa.string()
    return pa.schema(
        {
            "article": text,
            "failure": text,
            "language": text,
            "sentences": pa.int32(),
            "statements": pa.binary(),
        }
    )


def _row(result: Result) -> dict[str, object]:
    if isinstance(result, Failure):
        return {"article": result.where, "failure": result.reason}
    quads = write(result.article, result.statements, load_actors().actors)
    return {
        "article": result.article.id,
        "language": result.article.language,
        "sentences": result.sentences,
        "statements": serialize(quads, format=RdfFormat.N_QUADS),
    }


def _take_part(path: str) -> list[Result]:
    """What is in the file, which is removed."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows = pq.read_table(path).to_pylist()
    Path(path).unlink()
    return [_result(row) for row in rows]


def _result(row: dict[str, object]) -> Result:
    if row["failure"] is not None:
        return Failure(str(row["article"]), str(row["failure"]))
    quads = list(parse(row["statements"], format=RdfFormat.N_QUADS))  # type: ignore[arg-type]
    article = Article(str(row["article"]), "", language=str(row["language"]))
    statements = tuple(read_statements(quads, load_actors().actors))
    return Extraction(article, int(str(row["sentences"])), statements)
