"""What a person sees in a terminal: tables, and progress on long work."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

__all__ = ["open_output", "print_table", "show_progress"]

WIDE = 200  # characters of a table that is not for a terminal
Item = TypeVar("Item")


@contextmanager
def show_progress(what: str, *, hidden: bool = False) -> Iterator[Callable[[Iterable[Item]], Iterator[Item]]]:
    """A function that counts the items it passes on, for as long as the work in the block takes.

    The count is on standard error, and only where that is a terminal.
    """
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
    table = Table(*columns)
    for row in rows:
        table.add_row(*map(_harmless, row))
    file = out or sys.stdout
    Console(file=file, width=None if file.isatty() else WIDE).print(table)


def _harmless(cell: str) -> str:
    return escape("".join(character if character.isprintable() else " " for character in cell))
