"""From articles to statements: `kg build`, `kg extract`."""

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.base import Output, app, finish, pairs
from kg.terminal import open_output, print_table, show_progress

if TYPE_CHECKING:
    from kg.model import Statement
    from kg.parse import Parser

__all__ = ["build", "extract"]

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Text or JSON Lines files, folders of them, or -.")
]
Language = Annotated[str | None, typer.Option(help="Language of all articles; otherwise detected.")]
Pipeline = Annotated[
    list[str] | None,
    typer.Option(metavar="LANG=NAME", help="A spaCy pipeline, or its folder, instead of a language's own."),
]


class Records(StrEnum):
    """How `kg extract` writes statements."""

    JSONL = "jsonl"
    CSV = "csv"
    TABLE = "table"


@app.command()
def build(
    paths: Paths,
    out: Annotated[Path, typer.Option(help="Folder for the store and the page.")],
    language: Language = None,
    pipeline: Pipeline = None,
    store: Annotated[
        str | None, typer.Option(help="Store of statements: a folder, or URL of a SPARQL server.")
    ] = None,
) -> None:
    """Read, extract, store and draw: OUT/store, OUT/graph.html and a summary."""
    from kg.articles import read_articles
    from kg.pipeline import build as build_graph
    from kg.pipeline import load_extractor
    from kg.store import open_store
    from kg.view.page import draw_store

    parser = _parser(language, pipeline)
    with open_store(store or out / "store") as opened, show_progress("articles") as count:
        articles = count(read_articles(paths, language=language))
        report = build_graph(articles, load_extractor(), opened, parser)
        page = draw_store(opened, out / "graph.html")
    counts = [*report.event_types.items(), ("all", report.statements)]
    print_table(("event type", "statements"), ((name, str(count)) for name, count in counts))
    typer.echo(f"{report.articles} articles, {report.sentences} sentences read. Open {page} in a browser.")
    finish(report.articles, report.failures)


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
    finish(len(done), failures)


def _parser(language: str | None, pipelines: Iterable[str] | None) -> "Parser":
    """A parser; a language that can't be read is an error before anything is done."""
    from kg.language import resolve_language
    from kg.parse import Parser

    if language is not None:
        resolve_language("", language)
    return Parser(pairs(pipelines, "--pipeline"))
