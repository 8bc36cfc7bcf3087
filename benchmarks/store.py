"""What a store of a million quads costs, beside pyoxigraph called directly and rdflib in memory.

    python -m benchmarks.store [--statements N]

All sides hold the same quads and are asked the same SPARQL in one run. A question that pyoxigraph itself
can't answer seven times within `LIMIT` is left out. rdflib is given up where it takes `PATIENCE` times as
long as the store; its ratio is then a lower bound, marked by >.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

import pyoxigraph as ox
import rdflib

from kg.model import Article, Statement
from kg.ontology import PREFIXES
from kg.pipeline import BATCH
from kg.query import Question, fill, list_questions, run_query
from kg.store import EmbeddedStore
from kg.store.rdf import write
from tests.graph.synthetic import generate

__all__ = ["main"]

LIMIT = 60  # seconds for seven answers to a question
PATIENCE = 25
FIRST, PARAMETERS = "who-aids-whom", {"recipient": "RUS"}  # what a newly started process asks
OPEN = f"""import sys
from kg.query import run_query
from kg.store import EmbeddedStore
with EmbeddedStore.open(sys.argv[1], read_only=True) as store:
    run_query(store, {FIRST!r}, {PARAMETERS})
"""

Extraction = tuple[Article, Sequence[Statement]]
P = ParamSpec("P")
T = TypeVar("T")


def main() -> None:
    """Prints seconds and ratios, a line for each part."""
    options = argparse.ArgumentParser(description="A store beside pyoxigraph and rdflib.")
    options.add_argument("--statements", type=int, default=13_500, help="statements (default: 13500)")
    statements, articles = generate(options.parse_args().statements, 200)
    extractions = [(articles[each.evidence.span.article], [each]) for each in statements]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        _load(extractions, path, Path(folder) / "bare")
        _weigh(path, len(statements))
        _ask(path)
        _start(path)


def _load(extractions: Sequence[Extraction], path: Path, bare: Path) -> None:
    """Makes the store in `path`, and a bare one of the same quads in `bare`."""
    with EmbeddedStore.open(path) as store:
        known = store.actors()
        quads: list[ox.Quad] = []
        making = _seconds(lambda: quads.extend(q for each in extractions for q in write(*each, known)))
        inner = ox.Store(str(bare))
        bulk = _seconds(lambda: inner.bulk_extend(quads))
        loading = _seconds(lambda: _load_batches(store, extractions))
        deriving = _seconds(store.derive)
    print(f"{len(quads)} quads of {len(extractions)} statements, in batches of {BATCH} articles")
    print(f"load: pyoxigraph's bulk load of ready quads {bulk:.1f} s, Store.load {loading:.1f} s")
    print(f"  of which making the quads {making:.1f} s; edges and claims after it {deriving:.1f} s")
    print(f"  ratio with making the quads {bulk / loading:.2f} (target 0.40)")
    print(f"  ratio without {bulk / (loading - making):.2f} (target 0.70)")


def _weigh(path: Path, statements: int) -> None:
    """Says what the store takes on the disk with what it published, files that both have counted once."""
    files = [found.stat() for found in path.rglob("*") if found.is_file()]
    size = sum({found.st_ino: found.st_size for found in files}.values())
    print(f"disk: {size / 1e6:.0f} MB, {size / statements / 1e3:.1f} kB a statement")


def _load_batches(store: EmbeddedStore, extractions: Sequence[Extraction]) -> None:
    for start in range(0, len(extractions), BATCH):
        store.load(extractions[start : start + BATCH])


def _ask(path: Path) -> None:
    """Asks each saved question of the store, of pyoxigraph on the same folder and of rdflib."""
    newest = str(max((path / "snapshots").iterdir(), key=lambda found: int(found.name)))
    dataset = rdflib.Dataset(default_union=True)
    text = ox.serialize(ox.Store.read_only(newest), format=ox.RdfFormat.N_QUADS)
    filling = _seconds(lambda: dataset.parse(data=text, format="nquads"))
    print(f"rdflib: {len(dataset)} quads read in {filling:.0f} s")
    over, ahead = [], []
    for question in list_questions():
        measured = _within(LIMIT, _ask_both, path, newest, question)
        if measured is None:
            print(f"  {question.name}: more than {LIMIT} s")
            continue
        direct, ours = measured
        found = _within(PATIENCE * ours, _ask_rdflib, dataset, question)
        theirs = PATIENCE * ours if found is None else found
        bound = ">" if found is None else ""
        over.append(ours / direct)
        ahead.append(theirs / ours)
        print(
            f"  {question.name}: pyoxigraph {direct * 1000:.1f} ms, kg {ours * 1000:.1f} ms "
            f"({over[-1]:.2f}), rdflib {bound}{theirs * 1000:.0f} ms ({bound}{ahead[-1]:.0f} times)",
            flush=True,
        )
    print(f"questions: times pyoxigraph, median {median(over):.2f}, most {max(over):.2f} (target 1.30)")
    print(f"  times faster than rdflib, median at least {median(ahead):.0f} (target 20)")


def _ask_both(path: Path, newest: str, question: Question) -> tuple[float, float]:
    """The least seconds of three that pyoxigraph and the store take, in turn."""
    bare = ox.Store.read_only(newest)
    with EmbeddedStore.open(path, read_only=True) as store:
        run_query(store, question.name)
        times = [
            (_seconds(lambda: _ask_bare(bare, question)), _seconds(lambda: run_query(store, question.name)))
            for _ in range(3)
        ]
    return min(direct for direct, _ in times), min(ours for _, ours in times)


def _ask_bare(inner: ox.Store, question: Question) -> None:
    answer = inner.query(fill(question, {}), prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    list(answer)  # type: ignore[arg-type]


def _ask_rdflib(dataset: rdflib.Dataset, question: Question) -> float:
    return _seconds(lambda: list(dataset.query(fill(question, {}), initNs=dict(PREFIXES))))


def _within(limit: float, action: Callable[P, T], *given: P.args, **options: P.kwargs) -> T | None:
    """What the action gives in a process of its own, `None` where that had to be ended at the limit."""
    context = get_context("fork")  # shares what rdflib has read
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sender.send(action(*given, **options)))
    process.start()
    sender.close()
    result: T | None = receiver.recv() if receiver.poll(limit) else None
    process.kill()
    process.join()
    return result


def _start(path: Path) -> None:
    """Times new processes: nothing, a store opened and asked, the command `kg query`."""
    nothing = _process(["-c", "pass"])
    library = _process(["-c", OPEN, str(path)]) - nothing
    parameters = [f"--param={name}={value}" for name, value in PARAMETERS.items()]
    command = _process(["-m", "kg", "query", FIRST, *parameters, "--store", str(path)]) - nothing
    print(f"open and first question ({FIRST}): {library:.2f} s of process time (target 0.30)")
    print(f"  as the command kg query: {command:.2f} s")


def _process(arguments: Iterable[str]) -> float:
    """The least process time of three runs of Python."""
    times = []
    for _ in range(3):
        process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError(f"{arguments}: ended with {status}")
        times.append(usage.ru_utime + usage.ru_stime)
    return min(times)


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
