"""What is stored, asked and shown: `kg query`, `kg graph`, `kg validate`, `kg export`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.base import DONE, INCOMPLETE, STORE, Store, app, pairs
from kg.terminal import print_table

__all__ = ["export", "graph", "query", "validate"]


class Rows(StrEnum):
    """How `kg query` writes answers."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


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
    from kg.store import open_store

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
    with open_store(store, read_only=True) as opened:
        result = run_query(opened, question, pairs(param, "--param"))
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
    from kg.store import open_store
    from kg.view.page import draw_store

    with open_store(store, read_only=True) as opened:
        typer.echo(draw_store(opened, output))


@app.command()
def validate(store: Store = STORE) -> None:
    """Hold what is stored to the shapes of the ontology."""
    from kg.store import open_store
    from kg.validation import validate as find_violations

    with open_store(store, read_only=True) as opened:
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
    from kg.store import open_store

    output.parent.mkdir(parents=True, exist_ok=True)
    with open_store(store, read_only=True) as opened:
        export_store(opened, format, output)
