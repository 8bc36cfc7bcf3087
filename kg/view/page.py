"""Statements → one HTML file that opens offline: the graph, its evidence, and nothing from elsewhere."""

import base64
import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pyvis.network import Network

from kg.actors import load_actors
from kg.graph import relation_graph, telling_graph
from kg.model import Article, Statement, Status
from kg.ontology import load_ontology
from kg.store.base import Store
from kg.view.evidence import describe_article, describe_statement
from kg.view.network import LONGEST, draw_network
from kg.view.vendor import read_vis_network

__all__ = ["draw_page", "draw_store", "read_interfaces", "render_page"]

ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
Json = dict[str, Any]


def draw_page(
    statements: Iterable[Statement],
    articles: Mapping[str, Article],
    path: str | Path,
    *,
    language: str = "en",
    title: str | None = None,
) -> Path:
    """The path of the HTML file that was written, with the graph of `statements` in it.

    `articles` gives titles, publishers and dates by id; `language` is the interface's at first, and the
    reader may change it.

    Raises: KeyError for a language without `kg/lang/<code>/page.toml`.
    """
    written = Path(path)
    written.write_text(render_page(statements, articles, language=language, title=title), encoding="utf-8")
    return written


def draw_store(store: Store, path: Path) -> Path:
    """The path of the HTML file that was written, with all that is stored in it; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return draw_page(store.statements(), {article.id: article for article in store.articles()}, path)


def render_page(
    statements: Iterable[Statement],
    articles: Mapping[str, Article],
    *,
    language: str = "en",
    title: str | None = None,
) -> str:
    """The HTML of `draw_page` as a string, for a notebook or a server."""
    statements = tuple(statements)
    interfaces = read_interfaces()
    room = files("kg.view").joinpath("templates")
    scripts = [read_vis_network(), room.joinpath("page.js").read_text("utf-8")]
    environment = Environment(
        loader=PackageLoader("kg.view"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html").render(
        language=language,
        title=title or interfaces[language]["title"],
        words=interfaces[language]["words"],
        hashes=[_hash(script) for script in scripts],
        scripts=scripts,
        style=room.joinpath("page.css").read_text("utf-8"),
        data=_escape({**_describe(statements, articles, language), "title": title, "languages": interfaces}),
    )


def _describe(statements: tuple[Statement, ...], articles: Mapping[str, Article], language: str) -> Json:
    """What the page's script is given."""
    numbers = {statement.id: number for number, statement in enumerate(statements)}
    ontology = load_ontology()
    told_in = sorted({statement.evidence.span.article for statement in statements})
    return {
        "language": language,
        "longest": LONGEST,
        "statuses": [status.value for status in Status],
        "events": {
            code: {"score": kind.score, "labels": dict(kind.labels)}
            for code, kind in ontology.event_types.items()
        },
        "relations": {
            kind.id: {"labels": dict(kind.labels), "symmetric": kind.symmetric}
            for kind in map(ontology.relation, sorted({each.relation.id for each in statements}))
        },
        "articles": {article: describe_article(article, articles) for article in told_in},
        "statements": [describe_statement(statement) for statement in statements],
        "readings": {
            "states": _describe_network(
                draw_network(relation_graph(statements, load_actors().actors), language, numbers, 240)
            ),
            "told": _describe_network(draw_network(telling_graph(statements), language, numbers, 190)),
        },
    }


def _describe_network(network: Network) -> Json:
    nodes, edges, _, _, _, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def read_interfaces() -> dict[str, Json]:
    """The words of the interface in each language that has them."""
    folders = (folder for folder in files("kg").joinpath("lang").iterdir() if folder.is_dir())
    tables = {folder.name: folder.joinpath("page.toml") for folder in folders}
    return {
        code: tomllib.loads(table.read_text("utf-8"))
        for code, table in sorted(tables.items())
        if table.is_file()
    }


def _escape(data: Json) -> str:
    """JSON that can't end the script element it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


def _hash(script: str) -> str:
    """The source expression of a Content-Security-Policy that allows this script only."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
