"""The page of the graph over a store that is served, and the evidence that the page asks for."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

from kg.errors import QueryError
from kg.store.base import Store
from kg.view.evidence import find_evidence
from kg.view.filters import read_filter
from kg.view.page import read_interfaces, render_page

__all__ = ["draw_graph", "show_evidence"]

MOST = 1000  # statements whose evidence is given at once


def draw_graph(store: Store, query: str, languages: str = "") -> str:
    """The page of what the query of an address chooses of the store, with the filters of `kg graph`.

    `interface` in the query is the language of the page, else the first of `languages` (of the header
    Accept-Language) that it can be had in. Raises: KGError for a filter that is none.
    """
    given = parse_qs(query)
    offered = read_interfaces()
    wished = given.pop("interface", None)
    if wished and wished[-1] not in offered:
        raise QueryError(f"interface is {wished[-1]!r}, but must be one of {', '.join(offered)}")
    chosen = read_filter(given)
    articles = {article.id: article for article in store.articles()}
    return render_page(
        chosen.select(store.statements(), articles),
        articles,
        language=wished[-1] if wished else _choose_language(languages, offered),
        evidence_url="/evidence",
    )


def show_evidence(store: Store, query: str) -> dict[str, Any]:
    """The evidence of the statements whose ids the query of an address has, ready for JSON.

    Raises: QueryError for more than `MOST`.
    """
    ids = parse_qs(query).get("id", [])
    if len(ids) > MOST:
        raise QueryError(f"{len(ids)} ids; ask for {MOST} at most")
    return find_evidence(store, ids)


def _choose_language(wished: str, offered: Iterable[str]) -> str:
    """The first of an Accept-Language header that is offered, else English."""
    codes = (each.strip()[:2].lower() for each in wished.split(","))
    return next((code for code in codes if code in offered), "en")
