"""The statements as a Parquet file with typed columns."""

from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.model import Article, Statement
from kg.records import record
from kg.store.base import Store

__all__ = ["write_parquet"]

BATCH = 10_000  # statements of a row group


def write_parquet(store: Store, out: Path) -> None:
    """Writes one row a statement: the keys of its record, and title, publisher, day and URL of its article.

    `published` is a day, and null where only a month is known; `begins` and `ends` are the half-open
    interval of days of the statement. Raises: KGError where pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  (an extra, and slow to import)
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415
    except ImportError as error:
        raise KGError("Parquet needs pyarrow: pip install 'state-relations[parquet]'") from error
    schema = _schema()
    articles = {article.id: article for article in store.articles()}
    statements = iter(store.statements())
    with ParquetWriter(out, schema) as writer:
        while batch := list(islice(statements, BATCH)):
            rows = [_row(each, articles[each.evidence.span.article]) for each in batch]
            writer.write_table(pa.Table.from_pylist(rows, schema))


def _schema() -> Any:
    import pyarrow as pa  # noqa: PLC0415

    text, number, count = pa.string(), pa.float64(), pa.int32()
    place = {"text": text, "start": count, "end": count}
    party = pa.struct({**place, "actor": text, "label": text, "kind": text})
    argument = pa.struct(
        {"role": text, **place, "actor": text, "quantity": number, "unit": text, "marker": text}
    )
    said = pa.struct({"text": text, "actor": text, "cue": text})
    told = pa.struct({"subject": pa.struct(place), "relation": text, "object": pa.struct(place)})
    return pa.schema(
        {
            "id": text,
            "article": text,
            "title": text,
            "publisher": text,
            "published": pa.date32(),
            "url": text,
            "language": text,
            "sentence": count,
            "start": count,
            "end": count,
            "quote": text,
            "subject": party,
            "relation": pa.struct({"id": text, "text": text, "lemma": text}),
            "object": party,
            "arguments": pa.list_(argument),
            "source": text,
            "target": text,
            "event_type": text,
            "mode": text,
            "contexts": pa.list_(text),
            "status": text,
            "polarity": text,
            "attribution": pa.list_(said),
            "time": text,
            "begins": pa.date32(),
            "ends": pa.date32(),
            "confidence": number,
            "extractor": text,
            "told": pa.list_(told),
        }
    )


def _row(statement: Statement, article: Article) -> dict[str, Any]:
    time = statement.time
    return {
        **record(statement, article.language),
        "title": article.title,
        "publisher": article.publisher,
        "published": _day(article.published),
        "url": article.url,
        "language": article.language,
        "time": time.text if time else None,
        "begins": time.start if time else None,
        "ends": time.end if time else None,
    }


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
