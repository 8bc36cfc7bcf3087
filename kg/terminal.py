"""What a person sees in a terminal: tables, and progress on long work.

Rich is imported where it draws: a tenth of a second that `kg --help` needn't wait for.
"""

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from kg.articles import Failure
    from kg.model import Article

__all__ = ["adapt_streams", "open_output", "print_table", "show_building", "show_progress"]

PAUSE = 30  # seconds between two lines of progress
WIDE = 200  # characters of a table that is not for a terminal
Item = TypeVar("Item")


def adapt_streams() -> None:
    """Makes standard output and error take every character, whatever the system's encoding is.

    A file or a pipe gets UTF-8; a terminal keeps its encoding, and shows `?` for what that can't hold.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


@contextmanager
def show_progress(what: str, *, hidden: bool = False) -> Iterator[Callable[[Iterable[Item]], Iterator[Item]]]:
    """A function that counts the items it passes on, for as long as the work in the block takes.

    The count is on standard error, and only where that is a terminal.
    """
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.completed} {task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=hidden or not console.is_terminal,
    ) as progress:
        task = progress.add_task(what, total=None)

        def count(items: Iterable[Item]) -> Iterator[Item]:
            for item in items:
                yield item
                progress.advance(task)

        yield count


@contextmanager
def show_building(
    paths: Sequence[str], apart: Sequence[Path], *, quiet: bool = False
) -> "Iterator[Callable[[Article | Failure], None]]":
    """A function to be called with each article, or failure, as it is taken up.

    On a terminal, a bar on standard error shows how many they are, of how many in the paths (without those
    `apart`), how many a second, and when the end is to be expected; elsewhere a line says so every `PAUSE`
    seconds.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from kg.articles import Failure, count_articles

    console = Console(stderr=True)
    if not console.is_terminal or quiet:
        yield _print_lines(Failure, quiet=quiet)
        return
    with Progress(
        TextColumn("{task.completed} of {task.fields[all]} articles"),
        BarColumn(),
        TextColumn("{task.fields[rate]} a second, {task.fields[failed]} failed"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=None, all="?", rate="–", failed=0)

        def count_all() -> None:
            number = count_articles(paths, apart)
            if number is not None:
                progress.update(task, total=number, all=number)

        def take(item: "Article | Failure") -> None:
            shown = progress.tasks[0]
            failed = shown.fields["failed"] + isinstance(item, Failure)
            progress.update(task, advance=1, failed=failed, rate=f"{shown.speed or 0:.0f}")

        Thread(target=count_all, daemon=True).start()
        yield take


def _print_lines(failure: type, *, quiet: bool) -> "Callable[[Article | Failure], None]":
    began = said = monotonic()
    taken = failed = 0

    def take(item: "Article | Failure") -> None:
        nonlocal said, taken, failed
        taken += 1
        failed += isinstance(item, failure)
        now = monotonic()
        if now - said >= PAUSE and not quiet:
            said = now
            print(f"{taken} articles, {taken / (now - began):.0f} a second, {failed} failed", file=sys.stderr)

    return take


@contextmanager
def open_output(output: Path | None) -> Iterator[TextIO]:
    """The file to write, or standard output."""
    if output is None:
        yield sys.stdout
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.open("w", encoding="utf-8", newline="\n") as file:
        yield file


def print_table(columns: Iterable[str], rows: Iterable[Iterable[str]], out: TextIO | None = None) -> None:
    """Prints a table; characters that would steer the terminal become spaces."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*columns)
    for row in rows:
        table.add_row(*(escape(_harmless(cell)) for cell in row))
    file = out or sys.stdout
    Console(file=file, width=None if file.isatty() else WIDE).print(table)


def _harmless(cell: str) -> str:
    return "".join(character if character.isprintable() else " " for character in cell)
