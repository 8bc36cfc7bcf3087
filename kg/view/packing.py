"""Statements as the page carries them: columns to filter by, and evidence in chunks, read when asked for.

What is packed is JSON, compressed and written in letters and digits: small, and no markup in it.
"""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kg.model import Actor, Argument, Article, Attribution, Polarity, Statement, Status
from kg.view.evidence import describe_evidence
from kg.view.facts import group_facts, stance
from kg.view.filters import day_of

__all__ = ["CHUNK", "describe_columns", "pack", "pack_evidence", "sort_rows"]

CHUNK = 256  # statements whose evidence is packed together
EPOCH = date(1970, 1, 1)
Json = dict[str, Any]


def pack(value: object) -> str:
    """The value as JSON, compressed (zlib) and in base64; the same value always gives the same letters.

    >>> pack([]) == pack([])
    True
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), level=9)).decode()


def sort_rows(statements: Sequence[Statement]) -> list[Statement]:
    """The statements in the order in which the page numbers them: those of one edge follow each other."""
    return sorted(statements, key=lambda each: (each.source or "", each.target or "", each.event_type))


def pack_evidence(rows: Sequence[Statement], articles: Mapping[str, Article]) -> list[str]:
    """The packed evidence of the rows, `CHUNK` by `CHUNK`, without ids: a row's place says whose it is."""
    chunks = []
    for start in range(0, len(rows), CHUNK):
        evidence = describe_evidence(rows[start : start + CHUNK], articles)
        for each in evidence["statements"]:
            del each["id"]
        chunks.append(pack(evidence))
    return chunks


def describe_columns(
    rows: Sequence[Statement], articles: Mapping[str, Article], actors: Mapping[str, Actor]
) -> Json:
    """What the rows are filtered by: `columns`, a number a row in each, and what the numbers stand for.

    Names that no row tells are taken from `actors`, by code. `day` counts days since 1970, `confidence` is
    in hundredths; where a value is unknown, the number is -1.
    """
    names, events, relations, publishers, languages, told_in = (_Numbers() for _ in range(6))
    facts = group_facts(rows, articles)
    columns: dict[str, list[Any]] = {
        name: []
        for name in (
            "source", "target", "names", "event", "relation", "status", "stance", "negative",
            "day", "publisher", "language", "confidence", "fact", "article",
        )
    }  # fmt: skip
    known: dict[str, Actor] = {}
    statuses = list(Status)
    for row in rows:
        article_id = row.evidence.span.article
        article = articles.get(article_id) or Article(article_id, "")
        mentioned = {each.actor.id: each.actor for each in _links(row) if each.actor is not None}
        known |= mentioned
        day = day_of(row, articles)
        values = {
            "source": names.of(row.source),
            "target": names.of(row.target),
            "names": sorted(map(names.of, mentioned)),
            "event": events.of(row.event_type),
            "relation": relations.of(row.relation.id),
            "status": statuses.index(row.status),
            "stance": stance(row),
            "negative": int(row.polarity is Polarity.NEGATIVE),
            "day": -1 if day is None else (day - EPOCH).days,
            "publisher": publishers.of(article.publisher),
            "language": languages.of(article.language),
            "confidence": round(100 * row.confidence),
            "fact": facts[row.id],
            "article": told_in.of(article_id),
        }
        for name, value in values.items():
            columns[name].append(value)
    return {
        "ids": [row.id for row in rows],
        "columns": columns,
        "statuses": [status.value for status in statuses],
        "events": list(events),
        "relations": list(relations),
        "publishers": list(publishers),
        "article_languages": list(languages),
        "actors": [
            {"id": name, "labels": _labels(name, known.get(name) or actors.get(name))} for name in names
        ],
    }


def _links(row: Statement) -> tuple[Argument | Attribution, ...]:
    return *row.arguments, *row.attribution


def _labels(name: str, actor: Actor | None) -> dict[str, str]:
    return (dict(actor.labels) if actor else {}) or {"": name}


class _Numbers(dict[str, int]):
    """A number for each value in the order of their first use; -1 for `None`."""

    def of(self, value: str | None) -> int:
        return -1 if value is None else self.setdefault(value, len(self))
