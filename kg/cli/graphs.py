"""What is stored, asked and shown: `kg query`, `kg graph`, `kg validate`, `kg export`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.base import DONE, INCOMPLETE, STORE, Output, Store, app, pairs
from kg.model import Status
from kg.terminal import open_output, print_table

__all__ = ["export", "graph", "query", "validate"]


class Rows(StrEnum):
    """How `kg query` writes answers."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


@app.command(epilog="Example: kg query who-aids-whom --param recipient=RUS --since 2025-01-01")
def query(
    question: Annotated[str, typer.Argument(metavar="NAME|SPARQL", help="A saved question, or SPARQL.")] = "",
    store: Store = STORE,
    format: Annotated[Rows, typer.Option(help="What to write.")] = Rows.TABLE,  # noqa: A002
    param: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="A parameter of a saved question.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="First day of publication that counts.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Last day that counts.")] = None,
    output: Output = None,
    listing: Annotated[bool, typer.Option("--list", help="List the saved questions.")] = False,
) -> None:
    """Ask the store a saved question, or one in SPARQL."""
    from kg.query import list_questions, run_query
    from kg.records import csv_line
    from kg.store import open_store

    if listing:
        known = ((each.name, each.text, ", ".join(map(str, each.parameters))) for each in list_questions())
        print_table(("name", "question", "parameters"), known)
        return
    if not question:
        raise typer.BadParameter(
            "give a saved question (kg query --list) or SPARQL", param_hint="NAME|SPARQL"
        )
    if format is Rows.PARQUET and output is None:
        raise typer.BadParameter("parquet needs a file", param_hint="--output")
    days = {name: day for name, day in (("since", since), ("until", until)) if day is not None}
    with open_store(store, read_only=True) as opened:
        result = run_query(opened, question, pairs(param, "--param") | days)
    if format is Rows.PARQUET and output is not None:
        result.write_parquet(output)
        return
    with open_output(output) as out:
        if format is Rows.JSON:
            print(result.to_json(), file=out)
        elif format is Rows.CSV:
            out.writelines(f"{csv_line(row)}\n" for row in (result.columns, *result.texts()))
        else:
            print_table(result.columns, result.texts(), out)


@app.command(epilog="Example: kg graph -o korea.html --focus PRK --type AID")
def graph(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    store: Store = STORE,
    focus: Annotated[str | None, typer.Option(metavar="CODE", help="Only what is around this actor.")] = None,
    steps: Annotated[int, typer.Option(min=1, max=2, help="How far around the focus.")] = 1,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="CODE CODE", help="Only what connects two actors.")
    ] = None,
    type: Annotated[list[str] | None, typer.Option(help="Event type; may be repeated.")] = None,  # noqa: A002
    status: Annotated[list[Status] | None, typer.Option(help="May be repeated.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="First day, month or year.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Last day, month or year.")] = None,
    publisher: Annotated[list[str] | None, typer.Option(help="May be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Of the articles; may be repeated.")] = None,
    confidence: Annotated[float, typer.Option(min=0, max=1, help="The least.")] = 0,
    min_statements: Annotated[int, typer.Option(min=1, help="The least number on an edge.")] = 1,
    interface: Annotated[str, typer.Option(help="Language of the page and of labels: en or ro.")] = "en",
    static: Annotated[bool, typer.Option("--static", help="A picture (.svg or .png) instead.")] = False,
) -> None:
    """Draw what is stored, or what the filters choose of it, as one HTML file or as a picture."""
    from kg.store import open_store
    from kg.view.filters import read_filter
    from kg.view.page import draw_store, read_interfaces
    from kg.view.picture import draw_store_picture

    if interface not in read_interfaces():
        raise typer.BadParameter(
            f"{interface!r} is none of {', '.join(read_interfaces())}", param_hint="--interface"
        )
    chosen = read_filter(
        {
            "type": type or (),
            "status": status or (),
            "since": [since] if since else (),
            "until": [until] if until else (),
            "publisher": publisher or (),
            "language": language or (),
            "confidence": [str(confidence)],
            "min_statements": [str(min_statements)],
            "focus": [focus] if focus else (),
            "steps": [str(steps)],
            "between": between or (),
        }
    )
    with open_store(store, read_only=True) as opened:
        draw = draw_store_picture if static else draw_store
        typer.echo(draw(opened, output, chosen, language=interface))


@app.command(epilog="Example: kg validate")
def validate(store: Store = STORE) -> None:
    """Hold what is stored to the shapes of the ontology."""
    from kg.validation import validate_location

    violations = validate_location(store)
    for violation in violations:
        typer.echo(violation)
    typer.echo(f"{len(violations)} violations of the shapes", err=True)
    raise typer.Exit(INCOMPLETE if violations else DONE)


@app.command(epilog="Example: kg export -o edges.csv --format csv")
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write; for neo4j, a folder.")],
    format: Annotated[  # noqa: A002
        str,
        typer.Option(
            help="trig, nquads, turtle, jsonld (RDF); csv, csv-nodes, graphml, gexf (edges); neo4j; parquet."
        ),
    ] = "trig",
    store: Store = STORE,
) -> None:
    """Write what is stored as a file for other tools."""
    from kg.exports import export as export_store
    from kg.store import open_store

    output.parent.mkdir(parents=True, exist_ok=True)
    with open_store(store, read_only=True) as opened:
        export_store(opened, format, output)
