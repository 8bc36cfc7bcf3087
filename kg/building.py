"""A build into a folder: its store, its manifest, the list of what failed, and the page."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.articles import Failure, Place, find_root, scan_articles
from kg.language import resolve_language
from kg.manifest import Manifest, Versions
from kg.model import Article
from kg.pipeline import Engine, Report, build, remove
from kg.store import Store, open_store
from kg.view.page import draw_latest

__all__ = ["DRAWN", "FAILURES", "Build", "remove_articles", "watch_folders"]

FAILURES, PAGE = "failures.jsonl", "graph.html"
DRAWN = 50_000  # statements on the page, for the memory of who draws and who reads it
SHOWN = 20  # failures that are kept to be told at the end; all are in the file
Progress = Callable[[Article | Failure], object]


class Build:
    """What reads articles into `out`; one at a time for a store, until it is closed.

    Where `out` lies in a folder that is read, the files and folders in `written` are left out.

    The manifest is in the folder of the store or, for a store on a server, in `out`. `language` is that of
    all articles, `version` what the manifest is to say that they were read with, by language.
    """

    def __init__(
        self, out: Path, store: str, engine: Engine, version: Versions, *, language: str | None = None
    ) -> None:
        self.failures: list[Failure] = []
        self.failed = 0
        self.lost = 0  # articles in the store, where there was no manifest
        self.drawn = 0
        self.written = (out / FAILURES, out / PAGE, out / "parts", Path(store))
        self._out = out
        self._place = store
        self._engine = engine
        self._version = version
        self._language = None if language is None else resolve_language("", language)

    def __enter__(self) -> Self:
        """Opens store, manifest and list. Raises: StoreError, OSError."""
        self._out.mkdir(parents=True, exist_ok=True)
        path = _manifest_path(self._out, self._place)
        known = path.exists()
        with ExitStack() as opened:
            self._store: Store = opened.enter_context(open_store(self._place))
            self._manifest = opened.enter_context(Manifest.open(path))
            self._list = opened.enter_context((self._out / FAILURES).open("w", encoding="utf-8"))
            self._opened = opened.pop_all()
        self.lost = 0 if known else sum(1 for _ in self._store.articles())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.__exit__(kind, error, trace)

    def read(
        self,
        paths: Iterable[str | Path],
        *,
        refresh: bool = False,
        prune: bool = False,
        progress: Progress = lambda _: None,
    ) -> Report:
        """The report of a run over the paths; `progress` is told of each article as it is taken up.

        With `prune`, what was found in them before and is there no more is taken out of the store. What is
        in a file or folder that can't be read whole stays.
        """
        self._manifest.begin()
        broken: set[str] = set()

        def scan() -> Iterator[tuple[Place, Article | Failure]]:
            for place, item in scan_articles(paths, apart=self.written):
                progress(item)
                if isinstance(item, Failure) and not _can_be_listed(place.file):
                    broken.add(place.file)
                if isinstance(item, Article) and self._language is not None:
                    yield place, replace(item, language=self._language)
                else:
                    yield place, item

        return build(
            scan(),
            self._engine,
            self._store,
            self._manifest,
            version=self._version,
            refresh=refresh,
            fail=self._note,
            gone=lambda: self._manifest.find_gone(map(find_root, map(str, paths)), broken) if prune else (),
        )

    def draw(self, report: Report) -> Path:
        """The page, drawn anew where the run changed something or there is none.

        It shows the statements of the latest articles, `DRAWN` at most.
        """
        page = self._out / PAGE
        if report.articles or report.removed or not page.exists():
            self.drawn = draw_latest(self._store, page, DRAWN)
        return page

    def _note(self, failure: Failure) -> None:
        self.failed += 1
        if len(self.failures) < SHOWN:
            self.failures.append(failure)
        line = json.dumps(asdict(failure), ensure_ascii=False)
        print(line.encode(errors="backslashreplace").decode(), file=self._list, flush=True)


def _can_be_listed(folder: str) -> bool:
    """Whether this is a folder, be it an empty one, and not a file or one that can't be read."""
    try:
        os.scandir(folder).close()
    except OSError:
        return False
    return True


def remove_articles(out: Path, store: str, names: Iterable[str]) -> tuple[int, list[Failure]]:
    """How many articles were taken out of the store of a build in `out`, and what of the names is none of it.

    A name is that of an article, else of a file, a folder or an address that articles were read from. The
    page is drawn anew where there is one. Raises: StoreError.
    """
    failures: list[Failure] = []
    open_store(store, read_only=True).close()  # where there is none, none is made
    with open_store(store) as opened, Manifest.open(_manifest_path(out, store)) as manifest:
        found: dict[str, None] = {}
        for name in names:
            articles = manifest.find(name) or list(opened.digests([name]))
            if not articles:
                failures.append(Failure(name, "no article has this id, and none was read from there"))
            found.update(dict.fromkeys(articles))
        removed = remove(list(found), opened, manifest)
        if removed:
            opened.derive()
            if (out / PAGE).exists():
                draw_latest(opened, out / PAGE, DRAWN)
    return removed, failures


def watch_folders(paths: Iterable[str | Path], apart: Iterable[Path]) -> Iterator[list[Path]]:
    """The files of the folders as they come or change, without end, but those `apart`. Raises: OSError."""
    from watchfiles import Change, watch  # noqa: PLC0415  (few builds go on)

    left_out = [path.resolve() for path in apart]
    for changes in watch(*paths):
        changed = sorted({Path(name) for change, name in changes if change is not Change.deleted})
        files = (path for path in changed if path.is_file())
        if found := [path for path in files if not any(map(path.resolve().is_relative_to, left_out))]:
            yield found


def _manifest_path(out: Path, store: str) -> Path:
    if "://" in store:
        return out / f"manifest-{hashlib.sha256(store.encode()).hexdigest()[:8]}.sqlite"
    return Path(store) / "manifest.sqlite"
