"""Statements as plain records, for JSON Lines, CSV and the terminal."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from kg.model import Actor, Argument, Attribution, Mention, Role, Statement, TimeInterval, Triple
from kg.ontology import actor_iri

__all__ = [
    "COLUMNS",
    "csv_line",
    "flatten",
    "json_line",
    "neutralise",
    "record",
    "tabulate",
    "write_csv",
    "write_json_lines",
]

COLUMNS = (
    "id",
    "article",
    "sentence",
    "start",
    "end",
    "subject",
    "relation",
    "object",
    "arguments",
    "source",
    "target",
    "event_type",
    "mode",
    "contexts",
    "status",
    "polarity",
    "attribution",
    "time_start",
    "time_end",
    "confidence",
    "extractor",
    "quote",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?((\d+\.?\d*|\.\d+)(E[+-]?\d+)?|INF)", re.ASCII | re.IGNORECASE)
BOM = "\ufeff"  # by which Excel knows UTF-8


def record(statement: Statement, language: str | None = None) -> dict[str, Any]:
    """A statement as JSON values, every key present, `None` where unknown.

    Labels are in `language` where the actor has one. Offsets count code points of the article's text;
    `time` is half-open, its `end` the first day that is out. `subject` and `object` are the mentions
    of the source and the target, `arguments` all others; `told` are the triples as the words tell them.
    """
    subject, target = (statement.argument(role) for role in (Role.SUBJECT, Role.OBJECT))
    span = statement.evidence.span
    return {
        "id": statement.id,
        "article": span.article,
        "sentence": statement.evidence.sentence,
        "start": span.start,
        "end": span.end,
        "quote": statement.evidence.quote,
        "subject": _party(subject, language),
        "relation": {
            "id": statement.relation.id,
            "text": statement.relation.text,
            "lemma": statement.relation.lemma,
        },
        "object": _party(target, language),
        "arguments": [_argument(each) for each in statement.arguments if each not in (subject, target)],
        "source": statement.source,
        "target": statement.target,
        "event_type": statement.event_type,
        "mode": statement.mode,
        "contexts": list(statement.contexts),
        "status": str(statement.status),
        "polarity": str(statement.polarity),
        "attribution": [_attribution(each) for each in statement.attribution],
        "time": _time(statement.time),
        "confidence": round(statement.confidence, 3),
        "extractor": statement.extractor,
        "told": [_triple(each) for each in statement.told],
    }


def json_line(statement: Statement, language: str | None = None) -> str:
    """The record as one line of JSON, without its line end."""
    return json.dumps(record(statement, language), ensure_ascii=False)


def write_json_lines(statements: Iterable[tuple[Statement, str | None]], out: TextIO) -> None:
    """Writes the record of each statement, given with its language, as a line of JSON."""
    for statement, language in statements:
        out.write(f"{json_line(statement, language)}\n")


def write_csv(rows: Iterable[Iterable[object]], out: TextIO, *, excel: bool = False) -> None:
    """Writes the rows, the first being the header, as CSV; for Excel with a byte order mark before it."""
    out.write(BOM if excel else "")
    out.writelines(f"{csv_line(row)}\n" for row in rows)


def flatten(statement: Statement, language: str | None = None) -> dict[str, str]:
    """The record as texts by `COLUMNS`; lists joined by `; `, unknown values empty."""
    return {
        name: "" if value is None else str(value) for name, value in tabulate(statement, language).items()
    }


def tabulate(statement: Statement, language: str | None = None) -> dict[str, object]:
    """The record as values of cells by `COLUMNS`: numbers, days, and texts; lists joined by `; `."""
    row = record(statement, language)
    time = statement.time
    values = row | {
        "subject": _text(row["subject"]),
        "relation": row["relation"]["id"],
        "object": _text(row["object"]),
        "arguments": "; ".join(f"{each['role']}: {each['text']}" for each in row["arguments"]),
        "contexts": "; ".join(row["contexts"]),
        "attribution": "; ".join(each["text"] for each in row["attribution"]),
        "time_start": time.start if time else None,
        "time_end": time.end if time else None,
    }
    return {column: values[column] for column in COLUMNS}


def csv_line(cells: Iterable[object]) -> str:
    r"""The cells as one line of CSV, without its line end; none is a formula to a spreadsheet.

    >>> csv_line([1, '=HYPERLINK("x")'])
    '1,"\'=HYPERLINK(""x"")"'
    """
    line = io.StringIO(newline="")
    csv.writer(line).writerow(map(neutralise, cells))
    return line.getvalue().removesuffix("\r\n")


def neutralise(value: object) -> object:
    """The value, a text that a spreadsheet would take for a formula after an apostrophe; never a number.

    >>> neutralise("-1+2"), neutralise("-1.5"), neutralise(-1)
    ("'-1+2", '-1.5', -1)
    """
    formula = isinstance(value, str) and value.startswith(FORMULA) and not NUMBER.fullmatch(value)
    return f"'{value}" if formula else value


def _mention(mention: Mention) -> dict[str, Any]:
    return {"text": mention.text, "start": mention.span.start, "end": mention.span.end}


def _iri(actor: Actor | None) -> str | None:
    return actor_iri(actor.id) if actor else None


def _party(argument: Argument | None, language: str | None) -> dict[str, Any] | None:
    if argument is None:
        return None
    actor = argument.actor
    return _mention(argument.mention) | {
        "actor": _iri(actor),
        "label": actor.label(language) if actor else None,
        "kind": str(actor.kind) if actor else None,
    }


def _argument(argument: Argument) -> dict[str, Any]:
    quantity = argument.quantity
    return (
        {"role": str(argument.role)}
        | _mention(argument.mention)
        | {
            "actor": _iri(argument.actor),
            "quantity": int(quantity) if quantity is not None and quantity == int(quantity) else quantity,
            "unit": argument.unit,
            "marker": argument.marker,
        }
    )


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {"text": attribution.mention.text, "actor": _iri(attribution.actor), "cue": attribution.cue}


def _time(time: TimeInterval | None) -> dict[str, str] | None:
    if time is None:
        return None
    return {"text": time.text, "start": time.start.isoformat(), "end": time.end.isoformat()}


def _triple(triple: Triple) -> dict[str, Any]:
    return {"subject": _mention(triple.subject), "relation": triple.link, "object": _mention(triple.object)}


def _text(party: Mapping[str, Any] | None) -> str | None:
    return party["text"] if party else None
