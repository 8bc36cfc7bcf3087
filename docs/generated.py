"""What the pages take from the code: `<!-- generated: NAME -->` becomes what the function NAME gives."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import typer.main
from pyoxigraph import RdfFormat, serialize
from spacy import displacy

from kg.cli import app
from kg.model import Article
from kg.ontology import PREFIXES, load_ontology
from kg.parse import Parser
from kg.pipeline import extract_statements, load_extractor
from kg.query import list_questions
from kg.records import json_line
from kg.store.rdf import write

MARK = re.compile(r"<!-- generated: (\w+)(?: (.*?))? -->")
SENTENCE = "Coreea de Nord va trimite o mie de geniști în Rusia, a declarat Șoigu, potrivit TASS."


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page with what is generated in it; called by MkDocs."""
    return MARK.sub(lambda mark: "\n".join(GENERATED[mark[1]](mark[2] or "")), markdown)


def _commands(_: str) -> Iterator[str]:
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        arguments = " ".join(
            each.metavar or each.name.upper() for each in command.params if _is_argument(each)
        )
        yield f"\n## kg {name}\n\n{command.help}\n\n```text\nkg {name} [OPTIONS] {arguments}\n```\n"
        yield f"{command.epilog.replace('Example: ', 'Example: `')}`\n"
        options = [each for each in command.params if not _is_argument(each) and each.name != "help"]
        yield "| option | meaning |\n| --- | --- |"
        for each in options:
            default = "" if each.default in (None, False, ()) else f" Unless given: `{each.default}`."
            names = ", ".join(f"`{option}`" for option in each.opts)
            yield f"| {names} | {each.help}{default} |"


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _questions(_: str) -> Iterator[str]:
    for each in list_questions():
        yield f"\n## {each.name}\n\n{each.text}\n\n| parameter | kind | unless given |\n| --- | --- | --- |"
        for given in each.parameters:
            yield f"| `{given.name}` | {given.kind} | {given.default or ''} |"
        body = "\n".join(line for line in each.sparql.splitlines() if not line.startswith("#"))
        yield f"\n```sparql\n{body}\n```"


def _ontology(_: str) -> Iterator[str]:
    ontology = load_ontology()
    for code, kind in ontology.event_types.items():
        labels = dict(kind.labels)
        yield f"\n## {code}\n\n{labels['en']} · *{labels['ro']}* · score {kind.score:g}\n"
        yield "| relation | read the other way | Romanian |\n| --- | --- | --- |"
        for relation in ontology.relations.values():
            if relation.event_type == code:
                names = dict(relation.labels)
                back = f"`{relation.inverse}`" if relation.inverse else "both ways"
                yield f"| `{relation.id}` {names['en']} | {back} | {names['ro']} |"


@cache
def _statements(sentence: str) -> Any:
    [extraction] = extract_statements([Article("example", sentence)], load_extractor(), _parser())
    return extraction


@cache
def _parser() -> Parser:
    return Parser()


def _tree(sentence: str) -> Iterator[str]:
    doc = _parser().parse(Article("example", sentence or SENTENCE))
    options = {"compact": True, "distance": 92, "offset_x": 30, "bg": "transparent", "color": "currentColor"}
    drawn = displacy.render(doc, style="dep", options=options, jupyter=False)
    yield f'<div style="overflow-x: auto">{" ".join(drawn.split())}</div>'


def _json(sentence: str) -> Iterator[str]:
    found = _statements(sentence or SENTENCE)
    for each in found.statements:
        yield f"```json\n{json_line(each, found.article.language)}\n```"


def _table(sentence: str) -> Iterator[str]:
    columns = ("source", "relation", "target", "status", "who says so", "time", "theme")
    yield _row(columns)
    yield _row("---" for _ in columns)
    for each in _statements(sentence or SENTENCE).statements:
        said = ", after ".join(one.mention.text for one in each.attribution)
        theme = ", ".join(one.mention.text for one in each.arguments if one.role == "theme")
        time = f"{each.time.start} to {each.time.end}" if each.time else ""
        yield _row((each.source, f"`{each.relation.id}`", each.target, each.status, said, time, theme))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _turtle(sentence: str) -> Iterator[str]:
    found = _statements(sentence or SENTENCE)
    quads = write(found.article, found.statements, load_extractor().actors.actors)  # type: ignore[attr-defined]
    text = serialize((quad.triple for quad in quads), format=RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    yield f"```turtle\n{(text or b'').decode()}```"


GENERATED: dict[str, Callable[[str], Iterator[str]]] = {
    "commands": _commands,
    "json": _json,
    "ontology": _ontology,
    "questions": _questions,
    "table": _table,
    "tree": _tree,
    "turtle": _turtle,
}
