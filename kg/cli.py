"""The command `kg`: parses, calls the library, prints. Only here errors become exit codes."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kg.errors import KGError
from kg.terminal import open_output, print_table, show_progress

if TYPE_CHECKING:
    from kg.articles import Failure
    from kg.model import Statement
    from kg.parse import Parser
    from kg.store.embedded import EmbeddedStore

__all__ = ["app"]

DONE, INCOMPLETE, NOTHING = 0, 1, 2


class Commands(TyperGroup):
    """Commands that end with exit code 2 and one line where the library or the system raises an error."""

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
        typer.echo(f"kg: {reason}", err=True)
        raise typer.Exit(NOTHING)


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


class Records(StrEnum):
    """How `kg extract` writes statements."""

    JSONL = "jsonl"
    CSV = "csv"
    TABLE = "table"


class Rows(StrEnum):
    """How `kg query` writes answers."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Text or JSON Lines files, folders of them, or -.")
]
Language = Annotated[str | None, typer.Option(help="Language of all articles; otherwise detected.")]
Pipeline = Annotated[
    list[str] | None,
    typer.Option(metavar="LANG=NAME", help="A spaCy pipeline, or its folder, instead of a language's own."),
]
Store = Annotated[Path, typer.Option(help="Folder of the store.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; otherwise the terminal.")]
STORE = Path("build/store")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {version('state-relations')}")
        raise typer.Exit


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Reads news and makes a graph of relations between states."""


@app.command()
def build(
    paths: Paths,
    out: Annotated[Path, typer.Option(help="Folder for the store and the page.")],
    language: Language = None,
    pipeline: Pipeline = None,
) -> None:
    """Read, extract, store and draw: OUT/store, OUT/graph.html and a summary."""
    from kg.articles import read_articles
    from kg.pipeline import build as build_graph
    from kg.pipeline import load_extractor
    from kg.store.embedded import EmbeddedStore

    parser = _parser(language, pipeline)
    with EmbeddedStore.open(out / "store") as store, show_progress("articles") as count:
        articles = count(read_articles(paths, language=language))
        report = build_graph(articles, load_extractor(), store, parser)
        page = _draw(store, out / "graph.html")
    counts = [*report.event_types.items(), ("all", report.statements)]
    print_table(("event type", "statements"), ((name, str(count)) for name, count in counts))
    typer.echo(f"{report.articles} articles, {report.sentences} sentences read. Open {page} in a browser.")
    _finish(report.articles, report.failures)


@app.command()
def extract(
    paths: Paths,
    language: Language = None,
    format: Annotated[Records, typer.Option(help="What to write.")] = Records.JSONL,  # noqa: A002
    output: Output = None,
    pipeline: Pipeline = None,
) -> None:
    """Print the statements of articles, one a line."""
    from kg.articles import Failure, read_articles
    from kg.pipeline import extract_statements, load_extractor
    from kg.records import flatten, write_csv, write_json_lines

    parser = _parser(language, pipeline)
    failures: list[Failure] = []
    done: list[str] = []
    hidden = output is None and sys.stdout.isatty()
    with open_output(output) as out, show_progress("articles", hidden=hidden) as count:
        articles = count(read_articles(paths, language=language))

        def statements() -> "Iterator[tuple[Statement, str | None]]":
            for item in extract_statements(articles, load_extractor(), parser):
                if isinstance(item, Failure):
                    failures.append(item)
                    continue
                done.append(item.article.id)
                yield from ((statement, item.article.language) for statement in item.statements)

        if format is Records.JSONL:
            write_json_lines(statements(), out)
        elif format is Records.CSV:
            write_csv(statements(), out)
        else:
            columns = ("source", "target", "event_type", "relation", "status", "polarity", "quote")
            rows = (flatten(*found) for found in statements())
            print_table(columns, ([row[column] for column in columns] for row in rows), out)
    _finish(len(done), failures)


@app.command()
def query(
    question: Annotated[str, typer.Argument(metavar="NAME|SPARQL", help="A saved question, or SPARQL.")] = "",
    store: Store = STORE,
    format: Annotated[Rows, typer.Option(help="What to write.")] = Rows.TABLE,  # noqa: A002
    param: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A parameter of a saved question.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the saved questions.")] = False,
) -> None:
    """Ask the store a saved question, or one in SPARQL."""
    from kg.query import list_questions, run_query
    from kg.records import csv_line
    from kg.store.embedded import EmbeddedStore

    if listing:
        known = (
            (each.name, each.text, ", ".join(p.name for p in each.parameters)) for each in list_questions()
        )
        print_table(("name", "question", "parameters"), known)
        return
    if not question:
        raise typer.BadParameter(
            "give a saved question (kg query --list) or SPARQL", param_hint="NAME|SPARQL"
        )
    with EmbeddedStore.open(store, read_only=True) as opened:
        result = run_query(opened, question, _pairs(param, "--param"))
    if format is Rows.JSON:
        typer.echo(result.to_json())
    elif format is Rows.CSV:
        for row in (result.columns, *result.texts()):
            typer.echo(csv_line(row))
    else:
        print_table(result.columns, result.texts())


@app.command()
def graph(
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")],
    store: Store = STORE,
) -> None:
    """Draw what is stored as one HTML file."""
    from kg.store.embedded import EmbeddedStore

    with EmbeddedStore.open(store, read_only=True) as opened:
        typer.echo(_draw(opened, output))


@app.command()
def validate(store: Store = STORE) -> None:
    """Hold what is stored to the shapes of the ontology."""
    from kg.store.embedded import EmbeddedStore
    from kg.validation import validate as find_violations

    with EmbeddedStore.open(store, read_only=True) as opened:
        violations = find_violations(opened)
    for violation in violations:
        typer.echo(violation)
    typer.echo(f"{len(violations)} violations of the shapes", err=True)
    raise typer.Exit(INCOMPLETE if violations else DONE)


@app.command()
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    format: Annotated[  # noqa: A002
        str, typer.Option(help="trig, nquads, turtle, jsonld (RDF), csv or graphml (edges).")
    ] = "trig",
    store: Store = STORE,
) -> None:
    """Write what is stored as a file for other tools."""
    from kg.exports import export as export_store
    from kg.store.embedded import EmbeddedStore

    output.parent.mkdir(parents=True, exist_ok=True)
    with EmbeddedStore.open(store, read_only=True) as opened:
        export_store(opened, format, output)


@app.command()
def actors(
    name: Annotated[str, typer.Argument(help="A name in any form, or an office with its state.")] = "",
    on: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day on which it is meant.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List all actors.")] = False,
) -> None:
    """Show whom a name means, how sure that is, and why."""
    from kg.actors import describe, resolve

    if listing:
        print_table(("id", "kind", "acts for", "name", "labels"), describe())
        return
    if not name:
        raise typer.BadParameter("give a name, or --list", param_hint="NAME")
    found = resolve(name, on.date() if on else None)
    rows = ((each.actor.id, each.actor.label("en"), f"{each.confidence:.2f}", each.reason) for each in found)
    print_table(("actor", "name", "confidence", "reason"), rows)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold rows, JSON Lines.")],
    predicted: Annotated[Path, typer.Argument(metavar="PREDICTED", help="What kg extract printed.")],
    errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed and what was wrong.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> None:
    """Print precision, recall and F1 of extracted statements against gold."""
    from kg.score import read_rows
    from kg.score import score as score_rows

    result = score_rows(
        read_rows(gold, ("id", "text", "required", "optional")),
        read_rows(predicted, ("article", "source", "target", "event_type")),
    )
    for line in result.errors if errors else ():
        typer.echo(line)
    typer.echo(json.dumps(result.as_json()) if as_json else str(result))


def _pairs(values: Iterable[str] | None, option: str) -> dict[str, str]:
    """The values of an option that is given as KEY=VALUE."""
    pairs = dict(value.partition("=")[::2] for value in values or ())
    if not all(key and value for key, value in pairs.items()):
        raise typer.BadParameter(f"{next(iter(values or ()))!r} is not KEY=VALUE", param_hint=option)
    return pairs


def _parser(language: str | None, pipelines: Iterable[str] | None) -> "Parser":
    """A parser; a language that can't be read is an error before anything is done."""
    from kg.language import resolve_language
    from kg.parse import Parser

    if language is not None:
        resolve_language("", language)
    return Parser(_pairs(pipelines, "--pipeline"))


def _draw(store: "EmbeddedStore", path: Path) -> Path:
    from kg.view.page import draw_page

    path.parent.mkdir(parents=True, exist_ok=True)
    return draw_page(store.statements(), {article.id: article for article in store.articles()}, path)


def _finish(done: int, failures: Iterable["Failure"]) -> None:
    """Names what failed and ends with the exit code for it."""
    failures = list(failures)
    for failure in failures:
        typer.echo(f"kg: {failure}", err=True)
    raise typer.Exit(NOTHING if not done else INCOMPLETE if failures else DONE)
