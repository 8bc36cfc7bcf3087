"""Statements → one HTML file that opens offline: the graph, its evidence, and nothing from elsewhere."""

import base64
import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from pyvis.network import Network

from kg.actors import load_actors
from kg.graph import relation_graph, telling_graph
from kg.model import Article, Statement
from kg.ontology import PREFIXES, load_ontology
from kg.store.base import Store
from kg.view.filters import EVERYTHING, Filter, day_of
from kg.view.network import LONGEST, draw_network
from kg.view.packing import CHUNK, describe_columns, pack, pack_evidence, sort_rows
from kg.view.vendor import read_vis_network

__all__ = ["SCRIPTS", "draw_latest", "draw_page", "draw_store", "read_interfaces", "render_page"]

SCRIPTS = (
    "data", "words", "view", "filters", "drawing", "labels", "panel",
    "table", "timeline", "controls", "exports", "page",
)  # fmt: skip
TOLD = 1000  # statements, the latest, of which the triples as told are drawn
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


def draw_store(store: Store, path: Path, chosen: Filter = EVERYTHING, *, language: str = "en") -> Path:
    """The path of the HTML file that was written, with what is chosen of the store; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    articles = {article.id: article for article in store.articles()}
    return draw_page(chosen.select(store.statements(), articles), articles, path, language=language)


def draw_latest(store: Store, path: Path, most: int) -> int:
    """How many statements were drawn into the HTML file: all, or the `most` of the latest articles.

    The articles are read twice, so that only those that are drawn are in memory.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    dated = sorted(((article.published or "", article.id) for article in store.articles()), reverse=True)
    statements = tuple(islice(store.statements(*(id_ for _, id_ in dated)), most)) if dated else ()
    told = {each.evidence.span.article for each in statements}
    draw_page(statements, {each.id: each for each in store.articles() if each.id in told}, path)
    return len(statements)


def render_page(
    statements: Iterable[Statement],
    articles: Mapping[str, Article],
    *,
    language: str = "en",
    title: str | None = None,
    evidence_url: str | None = None,
) -> str:
    """The HTML of `draw_page` as a string, for a notebook or a server.

    With `evidence_url`, a path on the server that the page comes from, the page carries no evidence: it asks
    `evidence_url?id=…&id=…` for what `kg.view.evidence.find_evidence` gives.
    """
    rows = sort_rows(tuple(statements))
    interfaces = read_interfaces()
    scripts = [read_vis_network(), "\n".join(map(_read_script, SCRIPTS))]
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
        served=evidence_url is not None,
        hashes=[_hash(script) for script in scripts],
        scripts=scripts,
        style=files("kg.view").joinpath("templates", "page.css").read_text("utf-8"),
        data=pack(
            {
                **_describe(rows, articles, language),
                "language": language,
                "languages": interfaces,
                "title": title,
                "evidence_url": evidence_url,
            }
        ),
        evidence=pack_evidence(rows, articles) if evidence_url is None else [],
    )


def read_interfaces() -> dict[str, Json]:
    """The words of the interface in each language that has them."""
    folders = (folder for folder in files("kg").joinpath("lang").iterdir() if folder.is_dir())
    tables = {folder.name: folder.joinpath("page.toml") for folder in folders}
    return {
        code: tomllib.loads(table.read_text("utf-8"))
        for code, table in sorted(tables.items())
        if table.is_file()
    }


def _describe(rows: Sequence[Statement], articles: Mapping[str, Article], language: str) -> Json:
    """What the page's scripts are given: the rows, what their names mean, and both drawings."""
    actors = load_actors().actors
    ontology = load_ontology()
    numbers = {row.id: number for number, row in enumerate(rows)}
    latest = sorted(rows, key=lambda row: str(day_of(row, articles) or ""), reverse=True)[:TOLD]
    return {
        **describe_columns(rows, articles, actors),
        "chunk": CHUNK,
        "told_rows": len(latest),
        "longest": LONGEST,
        "prefixes": dict(PREFIXES),
        "event_types": {
            code: {"id": kind.id, "score": kind.score, "labels": dict(kind.labels)}
            for code, kind in ontology.event_types.items()
        },
        "relation_types": {
            kind.id: {"labels": dict(kind.labels), "symmetric": kind.symmetric}
            for kind in map(ontology.relation, sorted({row.relation.id for row in rows}))
        },
        "readings": {
            "states": _describe_network(draw_network(relation_graph(rows, actors), language, numbers, 240)),
            "told": _describe_network(draw_network(telling_graph(latest), language, numbers, 190)),
        },
    }


def _describe_network(network: Network) -> Json:
    nodes, edges, _, _, _, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def _read_script(name: str) -> str:
    return files("kg.view").joinpath("templates", f"{name}.js").read_text("utf-8")


def _hash(script: str) -> str:
    """The source expression of a Content-Security-Policy that allows this script only."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
