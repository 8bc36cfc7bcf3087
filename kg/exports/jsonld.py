"""The store as JSON-LD with a context, so that it reads well as JSON.

Names of the vocabulary `sr:` stand without prefix. Values whose type is the same wherever a property has
them are plain, their type being in the context; others carry it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KGError
from kg.ontology import PREFIXES, compact
from kg.store.base import Store

__all__ = ["write_json_ld"]

XSD = PREFIXES["xsd"]
TYPE = f"{PREFIXES['rdf']}type"
KEYWORDS = {"id": "@id", "type": "@type"}
LINK = "@id"
# The types of JSON itself, and of texts in a language: no context is needed, or can help.
PLAIN = {f"{XSD}string", f"{XSD}integer", f"{XSD}boolean", f"{PREFIXES['rdf']}langString"}
INTEGER = re.compile(r"0|-?[1-9]\d{0,14}", re.ASCII)  # which every reader of JSON takes as it is


def write_json_ld(store: Store, out: Path) -> None:
    """Writes JSON-LD: each article in its graph, a node a line."""
    kinds = _find_kinds(store.quads())
    context = {**PREFIXES, **KEYWORDS, **{_key(name): _define(name, kind) for name, kind in kinds.items()}}
    with out.open("w", encoding="utf-8") as file:
        file.write(f'{{"@context": {json.dumps(context, indent=2)},\n"@graph": [')
        separator = "\n"
        for graph, quads in groupby(store.quads(), key=lambda quad: quad.graph_name):
            nodes = ",\n".join(json.dumps(node, ensure_ascii=False) for node in _nodes(quads, kinds))
            if isinstance(graph, ox.DefaultGraph):
                file.write(f"{separator}{nodes}")
            else:
                name = json.dumps(_name(graph), ensure_ascii=False)
                file.write(f'{separator}{{"id": {name}, "@graph": [\n{nodes}]}}')
            separator = ",\n"
        file.write("]}\n")


def _find_kinds(quads: Iterable[ox.Quad]) -> dict[str, str | None]:
    """What the values of each property are, `None` where they differ or need no word in the context."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        term = quad.object
        found[quad.predicate.value].add(term.datatype.value if isinstance(term, ox.Literal) else LINK)
    found.pop(TYPE, None)
    alone = {name: next(iter(kinds)) if len(kinds) == 1 else "" for name, kinds in found.items()}
    return {name: kind if kind and kind not in PLAIN else None for name, kind in alone.items()}


def _key(name: str) -> str:
    """What a property is called in JSON."""
    if name == TYPE:
        return "type"
    short = _shorten(name)
    local = short.removeprefix("sr:")
    return short if local in PREFIXES or local in KEYWORDS else local


def _define(name: str, kind: str | None) -> dict[str, str]:
    """What the context says of a property."""
    coercion = {} if kind is None else {"@type": LINK if kind == LINK else _shorten(kind)}
    return {"@id": _shorten(name), **coercion}


def _nodes(quads: Iterable[ox.Quad], kinds: Mapping[str, str | None]) -> list[dict[str, Any]]:
    nodes: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        value = _value(quad.object, kinds.get(quad.predicate.value, LINK))
        nodes[_name(quad.subject)][_key(quad.predicate.value)].append(value)
    return [
        {"id": name, **{key: found[0] if len(found) == 1 else found for key, found in values.items()}}
        for name, values in nodes.items()
    ]


def _value(term: object, kind: str | None) -> Any:
    if not isinstance(term, ox.Literal):
        return _name(term) if kind == LINK else {"id": _name(term)}
    datatype = term.datatype.value
    if datatype in {kind, f"{XSD}string"}:
        return term.value
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if datatype == f"{XSD}boolean" and term.value in {"true", "false"}:
        return term.value == "true"
    if datatype == f"{XSD}integer" and INTEGER.fullmatch(term.value):
        return int(term.value)
    return {"@value": term.value, "@type": _shorten(datatype)}


def _name(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return _shorten(term.value)
    if isinstance(term, ox.BlankNode):
        return str(term)
    raise KGError(f"JSON-LD has no name for {term}")


def _shorten(iri: str) -> str:
    """The IRI with its prefix, unless a reader would take that for another IRI."""
    short = compact(iri)
    return iri if "://" in short else short
