"""What all commands share: the application, exit codes, options that recur."""

import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kg.errors import KGError
from kg.terminal import adapt_streams

if TYPE_CHECKING:
    from kg.articles import Failure

__all__ = [
    "BROKEN_OFF",
    "DONE",
    "INCOMPLETE",
    "NOTHING",
    "STORE",
    "Output",
    "Store",
    "app",
    "finish",
    "pairs",
]

DONE, INCOMPLETE, NOTHING, BROKEN_OFF = 0, 1, 2, 130


class Commands(TyperGroup):
    """Commands that print in any encoding, and end with exit code 2 and one line where an error is raised."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """What the command line asks for, done."""
        adapt_streams()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """What the command returns."""
        try:
            return super().invoke(ctx)
        except KGError as error:
            reason = str(error)
        except BrokenPipeError:
            raise
        except OSError as error:
            reason = f"{error.filename}: {error.strerror}"
        print(f"kg: {reason}", file=sys.stderr)
        raise typer.Exit(NOTHING)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Store = Annotated[str, typer.Option(help="Folder of the store, or URL of a SPARQL server.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; otherwise the terminal.")]
STORE = "build/store"


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {version('state-relations')}")
        raise typer.Exit


@app.callback(epilog="Example: kg build seeds --out build, and open build/graph.html in a browser")
def main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Reads news and makes a graph of relations between states."""


def pairs(values: Iterable[str] | None, option: str) -> dict[str, str]:
    """The values of an option that is given as KEY=VALUE."""
    pairs = dict(value.partition("=")[::2] for value in values or ())
    if not all(key and value for key, value in pairs.items()):
        raise typer.BadParameter(f"{next(iter(values or ()))!r} is not KEY=VALUE", param_hint=option)
    return pairs


def finish(done: int, failures: Iterable["Failure"]) -> None:
    """Names what failed and ends with the exit code for it."""
    failures = list(failures)
    for failure in failures:
        print(f"kg: {failure}", file=sys.stderr)
    raise typer.Exit(NOTHING if not done else INCOMPLETE if failures else DONE)
