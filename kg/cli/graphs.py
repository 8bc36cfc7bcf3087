"""What is stored, asked and shown: `kg query`, `kg graph`, `kg validate`, `kg export`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.base import DONE, INCOMPLETE, STORE, Output, Store, app, pairs
from kg.formats import choose_format, list_formats
from kg.model import Status
from kg.terminal import open_output, print_table

__all__ = ["export", "graph", "query", "validate"]


@app.command(epilog="Example: kg query who-aids-whom --param recipient=RUS --since 2025-01-01")
def query(
    question: Annotated[str, typer.Argument(metavar="NAME|SPARQL", help="A saved question, or SPARQL.")] = "",
    store: Store = STORE,
    format: Annotated[str | None, typer.Option(help=list_formats("query"))] = None,  # noqa: A002
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
    from kg.records import write_csv
    from kg.store import open_store

    if listing:
        known = ((each.name, each.text, ", ".join(map(str, each.parameters))) for each in list_questions())
        print_table(("name", "question", "parameters"), known)
        return
    if not question:
        raise typer.BadParameter(
            "give a saved question (kg query --list) or SPARQL", param_hint="NAME|SPARQL"
        )
    chosen = choose_format("query", output, format)
    days = {name: day for name, day in (("since", since), ("until", until)) if day is not None}
    with open_store(store, read_only=True) as opened:
        result = run_query(opened, question, pairs(param, "--param") | days)
    if output is not None and chosen in {"parquet", "xlsx"}:
        output.parent.mkdir(parents=True, exist_ok=True)
        (result.write_parquet if chosen == "parquet" else result.write_workbook)(output)
        return
    with open_output(output) as out:
        if chosen == "json":
            print(result.to_json(), file=out)
        elif chosen == "table":
            print_table(result.columns, result.texts(), out)
        else:
            write_csv((result.columns, *result.texts()), out, excel=chosen == "excel-csv")


@app.command(epilog="Example: kg graph -o korea.html --focus PRK --type AID")
def graph(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write: .html, or a picture as .svg or .png.")
    ],
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
    static: Annotated[bool, typer.Option("--static", help="Only a picture: .svg or .png.")] = False,
) -> None:
    """Draw what is stored, or what the filters choose of it, as one HTML file or as a picture."""
    from kg.store import open_store
    from kg.view.filters import read_filter
    from kg.view.page import draw_store, read_interfaces
    from kg.view.picture import draw_store_picture

    picture = choose_format("graph", output) != "html" or static
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
        draw = draw_store_picture if picture else draw_store
        print(draw(opened, output, chosen, language=interface))


@app.command(epilog="Example: kg validate")
def validate(store: Store = STORE) -> None:
    """Hold what is stored to the shapes of the ontology."""
    from kg.validation import validate_location

    violations = validate_location(store)
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations of the shapes", file=sys.stderr)
    raise typer.Exit(INCOMPLETE if violations else DONE)


@app.command(epilog="Example: kg export -o edges.csv")
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write; for neo4j, a folder.")],
    format: Annotated[str | None, typer.Option(help=list_formats("export"))] = None,  # noqa: A002
    store: Store = STORE,
) -> None:
    """Write what is stored as a file for other tools."""
    from kg.exports import export as export_store
    from kg.store import open_store

    output.parent.mkdir(parents=True, exist_ok=True)
    with open_store(store, read_only=True) as opened:
        export_store(opened, format, output)
