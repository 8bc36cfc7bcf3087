"""What many articles, and many processes, cost: `python -m benchmarks.scale [--articles N]`.

Two workers beside one on the same articles, the cost and the memory of an article at the end of a long build
beside its beginning, and the processor time from start to the first statement.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from random import Random

from kg.articles import read_articles
from kg.building import Build
from kg.model import Article
from kg.pipeline import Extraction
from kg.processes import Processes, Reading

__all__ = ["main"]

WORKERS = 2
SENTENCE = re.compile(r"\S[^\n]+?[.!?](?=\s)")
MEGABYTE = 1024  # of ru_maxrss and of statm's pages in kilobytes


def main() -> None:
    """Prints figures and ratios."""
    options = argparse.ArgumentParser(description="Workers, many articles, first statement.")
    options.add_argument("--articles", type=int, default=20_000, help="short articles (default: 20000)")
    given = options.parse_args()
    seeds = [each for each in read_articles(["seeds"]) if isinstance(each, Article)]
    _compare_workers(seeds)
    _go_on(seeds, given.articles)
    _start(seeds[0])


def _compare_workers(seeds: Sequence[Article]) -> None:
    """One worker and two on the seeds, ten times; what they load isn't counted."""
    articles = [replace(each, id=f"{each.id}-{again}") for again in range(10) for each in seeds]
    speeds = []
    for workers in (1, WORKERS):
        with Processes(Reading(), workers) as engine:
            list(engine([*seeds] * workers))
            start = time.perf_counter()
            found = [each for each in engine(articles) if isinstance(each, Extraction)]
            speeds.append(sum(each.sentences for each in found) / (time.perf_counter() - start))
    one, two = speeds
    print(f"one worker {one:.0f} sentences a second, two {two:.0f}, ratio {two / one:.2f} (target 1.80)")


def _go_on(seeds: Sequence[Article], number: int) -> None:
    """A build of short articles, made of sentences of the seeds: cost and memory of its parts."""
    marks: list[tuple[float, float]] = []
    taken = 0

    def mark(_: object) -> None:
        nonlocal taken
        taken += 1
        if taken in (100, number // 4, number * 3 // 4, number):
            marks.append((time.perf_counter(), _memory()))

    with tempfile.TemporaryDirectory() as folder, Processes(Reading(), WORKERS) as engine:
        news = Path(folder) / "news"
        news.mkdir()
        for each in islice(_short_articles(seeds), number):
            (news / f"{each['id']}.jsonl").write_text(json.dumps(each), encoding="utf-8")
        out = Path(folder) / "out"
        with Build(out, str(out / "store"), engine, lambda _: "benchmark") as building:
            report = building.read([news], progress=mark)
        begin = time.perf_counter()
        with Build(out, str(out / "store"), engine, lambda _: "benchmark") as building:
            again = building.read([news])
        checked = (time.perf_counter() - begin) * 10_000 / again.unchanged
    (start, _), (quarter, early), (most, _), (end, late) = marks
    first, last = (quarter - start) / (number // 4 - 100), (end - most) / (number - number * 3 // 4)
    print(
        f"{number} short articles ({report.copies} copies): {first * 1000:.2f} ms each in the first quarter,"
    )
    print(f"  {last * 1000:.2f} ms in the last, ratio {last / first:.2f} (target 1.10); {late:.0f} MB at")
    print(
        f"  the end, {early:.0f} MB at a quarter, ratio {late / early:.2f}; workers {_largest_child():.0f} MB"
    )
    print(f"10000 unchanged articles: {checked:.1f} s (target 5)")


def _short_articles(seeds: Sequence[Article]) -> Iterator[dict[str, str]]:
    """Articles of five sentences by chance from the seeds of a language: none is nearly another's copy."""
    sentences: defaultdict[str, list[str]] = defaultdict(list)
    for each in seeds:
        sentences[each.language or ""] += SENTENCE.findall(each.text)
    chance = Random(1)
    for number, language in enumerate(cycle(sorted(sentences))):
        text = "\n\n".join(chance.sample(sentences[language], 5))
        yield {"id": f"a{number}", "text": text, "language": language}


def _start(article: Article) -> None:
    """Processor seconds of new processes, the least of three; byte code is kept, as on a user's machine."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.txt"
        path.write_text(article.text, encoding="utf-8")
        extract = _process(["-m", "kg", "extract", str(path)])
    usage = _process(["-m", "kg", "--help"])
    print(f"kg extract on one article: {extract:.2f} s of processor time (target 2.50)")
    print(f"kg --help: {usage:.2f} s (target 0.30)")


def _process(arguments: Sequence[str]) -> float:
    times = []
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(3):
        process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError(f"{arguments}: ended with {status}")
        times.append(used.ru_utime + used.ru_stime)
    return min(times)


def _memory() -> float:
    """Megabytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024 / MEGABYTE


def _largest_child() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE


if __name__ == "__main__":
    main()
