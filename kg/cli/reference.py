"""Looking up and judging: `kg actors`, `kg score`."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.base import app
from kg.terminal import print_table

__all__ = ["actors", "score"]


@app.command(epilog="Example: kg actors 'the Russian president' --date 2010-01-01")
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


@app.command(epilog="Example: kg score gold.jsonl predicted.jsonl")
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
