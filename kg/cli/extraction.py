"""From articles to statements: `kg build`, `kg extract`."""

import signal
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.base import BROKEN_OFF, Output, app, finish, pairs
from kg.formats import choose_format, list_formats
from kg.terminal import open_output, print_table, show_building, show_progress

if TYPE_CHECKING:
    from kg.model import Statement
    from kg.parse import Parser
    from kg.pipeline import Report

__all__ = ["build", "extract", "remove"]

LOST = (
    "the store has {} articles, and no manifest says from where: what is given is read again, and an id that "
    "stands for another text is a failure; `kg remove ID` removes one"
)

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…",
        help="Files (text, JSON Lines, CSV, Parquet, HTML, feeds), folders, patterns, URLs, or -.",
    ),
]
Language = Annotated[str | None, typer.Option(help="Language of all articles; otherwise detected.")]
Pipeline = Annotated[
    list[str] | None,
    typer.Option(metavar="LANG=NAME", help="A spaCy pipeline, or its folder, instead of a language's own."),
]


class Engines(StrEnum):
    """What reads the articles of `kg build`."""

    PROCESSES = "processes"
    DASK = "dask"


@app.command(epilog="Example: kg build seeds --out build --workers 2")
def build(
    paths: Paths,
    out: Annotated[Path, typer.Option(help="Folder for the store and the page.")],
    language: Language = None,
    pipeline: Pipeline = None,
    store: Annotated[
        str | None, typer.Option(help="Store of statements: a folder, or URL of a SPARQL server.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read articles.")] = 1,
    engine: Annotated[Engines, typer.Option(help="Processes here, or the workers of a cluster.")] = (
        Engines.PROCESSES
    ),
    scheduler: Annotated[
        str | None, typer.Option(metavar="URL", help="Dask scheduler of the cluster: tcp://host:8786.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that an article may take.")] = 60,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Read again what another version of the extractor has read.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove what was read from these paths and is no longer there.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and read files of the folders as they come.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Read, extract, store and draw: OUT/store, OUT/graph.html and a summary.

    What is stored already is not read again; a build that was broken off goes on where it was.
    """
    from kg.building import DRAWN, FAILURES, Build, watch_folders
    from kg.cluster import Cluster
    from kg.processes import Processes, Reading
    from kg.versions import extractor_version

    if (engine is Engines.DASK) != (scheduler is not None):
        raise typer.BadParameter("--engine dask and --scheduler URL go together", param_hint="--scheduler")
    _parser(language, pipeline)
    pipelines = pairs(pipeline, "--pipeline")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    reading = Reading(pipelines=pipelines, timeout=timeout)
    version = extractor_version(reading.extractor, pipelines)
    if engine is Engines.DASK:
        running: Cluster | Processes = Cluster(reading, scheduler or "", out / "parts")
    else:
        running = Processes(reading, workers)
    try:
        with (
            running,
            Build(out, store or str(out / "store"), running, version, language=language) as building,
        ):
            if building.lost:
                typer.echo(f"kg: {LOST.format(building.lost)}", err=True)
            with show_building(paths, building.written, quiet=quiet) as progress:
                report = building.read(paths, refresh=refresh, prune=prune, progress=progress)
            _summarise(report, building.draw(report))
            if building.drawn == DRAWN:
                typer.echo(f"It shows the latest {DRAWN:,} statements; `kg graph` draws those you choose.")
            for changed in watch_folders(paths, building.written) if watch else ():
                building.draw(building.read(changed, prune=prune))
    except KeyboardInterrupt:
        typer.echo("kg: broken off; the same command goes on where it was", err=True)
        raise typer.Exit(BROKEN_OFF) from None
    if building.failed > len(building.failures):
        typer.echo(f"kg: {building.failed} failed; all are in {out / FAILURES}, the first:", err=True)
    finish(report.articles + report.unchanged + report.removed, building.failures)


def _summarise(report: "Report", page: Path) -> None:
    counts = [*report.event_types.items(), ("all", report.statements)]
    print_table(("event type", "statements"), ((name, str(count)) for name, count in counts))
    known = f", {report.unchanged} known already" if report.unchanged else ""
    copies = f", {report.copies} of them nearly the same as others" if report.copies else ""
    typer.echo(f"{report.articles} articles{copies}, {report.sentences} sentences read{known}.")
    if report.outdated:
        typer.echo(f"{report.outdated} read by an older extractor; --refresh reads them again.")
    if report.removed:
        typer.echo(f"Removed {report.removed}, no longer found there.")
    typer.echo(f"Open {page} in a browser.")


@app.command(epilog="Example: kg remove en-grain-corridor --out build")
def remove(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|PATH…", help="Ids of articles, or files, folders and URLs that they were read from."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder of the build.")] = Path("build"),
    store: Annotated[
        str | None,
        typer.Option(help="Its store, if not OUT/store: a folder, or URL of a SPARQL server."),
    ] = None,
) -> None:
    """Take articles out of a store, with all that is derived from them.

    What is an id is taken for one; `./NAME` is always a path, whether or not the file is still there.
    """
    from kg.building import remove_articles

    removed, failures = remove_articles(out, store or str(out / "store"), names)
    typer.echo(f"Removed: {removed} articles.")
    finish(removed, failures)


@app.command(epilog="Example: kg extract seeds --format table")
def extract(
    paths: Paths,
    language: Language = None,
    format: Annotated[str | None, typer.Option(help=list_formats("extract"))] = None,  # noqa: A002
    output: Output = None,
    pipeline: Pipeline = None,
) -> None:
    """Print the statements of articles, one a line."""
    from kg.articles import Failure, read_articles
    from kg.pipeline import extract_statements, load_extractor

    chosen = choose_format("extract", output, format)
    parser = _parser(language, pipeline)
    failures: list[Failure] = []
    done: list[str] = []
    hidden = output is None and sys.stdout.isatty()
    with show_progress("articles", hidden=hidden) as count:
        articles = count(read_articles(paths, language=language))

        def statements() -> "Iterator[tuple[Statement, str | None]]":
            for item in extract_statements(articles, load_extractor(), parser):
                if isinstance(item, Failure):
                    failures.append(item)
                    continue
                done.append(item.article.id)
                yield from ((statement, item.article.language) for statement in item.statements)

        _write(statements(), chosen, output)
    finish(len(done), failures)


def _write(statements: "Iterable[tuple[Statement, str | None]]", chosen: str, output: Path | None) -> None:
    from kg.records import COLUMNS, flatten, tabulate, write_csv, write_json_lines
    from kg.workbooks import write_workbook

    if output is not None and chosen == "xlsx":
        output.parent.mkdir(parents=True, exist_ok=True)
        cells = (tabulate(*found).values() for found in statements)
        write_workbook({"statements": chain([COLUMNS], cells)}, output)
        return
    with open_output(output) as out:
        if chosen == "jsonl":
            write_json_lines(statements, out)
        elif chosen == "table":
            columns = ("source", "target", "event_type", "relation", "status", "polarity", "quote")
            rows = (flatten(*found) for found in statements)
            print_table(columns, ([row[column] for column in columns] for row in rows), out)
        else:
            texts = (flatten(*found).values() for found in statements)
            write_csv(chain([COLUMNS], texts), out, excel=chosen == "excel-csv")


def _parser(language: str | None, pipelines: Iterable[str] | None) -> "Parser":
    """A parser; a language that can't be read is an error before anything is done."""
    from kg.language import resolve_language
    from kg.parse import Parser

    if language is not None:
        resolve_language("", language)
    return Parser(pairs(pipelines, "--pipeline"))
