"""Files with an article in each line or row: JSON Lines, CSV and Parquet."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from reprlib import repr as shorten
from typing import Any, BinaryIO

from kg.articles.fields import SHAPE, Failure, read_row
from kg.articles.streams import LONGEST_LINE, read_lines
from kg.errors import ArticleError
from kg.model import Article

__all__ = ["read_csv", "read_json_lines", "read_parquet"]

COLUMNS = ("id", "text", "lang", "title", "published", "publisher", "url")
NAMES = {"language": "lang"}
ESCAPED = re.compile("[\udc80-\udcff]")
ROWS = 64  # of a Parquet file that are in memory at once, fewer where they may be large
BUFFER = 1_000_000  # bytes of a column that are read from a Parquet file at once
TOO_LONG = f"longer than {LONGEST_LINE // 1_000_000} MB"


def read_json_lines(where: str, chunks: Iterator[bytes]) -> Iterator[tuple[str, Article | Failure]]:
    """The article of each line that isn't blank, with its place."""
    for number, line in enumerate(read_lines(chunks), 1):
        at = f"{where}:{number}"
        if line is None:
            yield at, Failure(at, f"a line {TOO_LONG}")
        elif line.strip():
            yield at, _article_or_failure(at, _parse_json, line)


def read_csv(where: str, chunks: Iterator[bytes]) -> Iterator[tuple[str, Article | Failure]]:
    """The article of each row, with the line where it begins; the first row names the columns.

    Raises: ArticleError where the columns `id` and `text` are missing, and for a row without end.
    """
    csv.field_size_limit(LONGEST_LINE)
    size = 0

    def lines() -> Iterator[str]:
        nonlocal size
        for line in read_lines(chunks):
            size += LONGEST_LINE if line is None else len(line)
            if line is None or size > LONGEST_LINE:
                raise ArticleError(
                    f"line {rows.line_num + 1}: a row {TOO_LONG}; is a quotation mark missing?"
                )
            yield line.decode("utf-8", "surrogateescape")

    rows = csv.reader(lines())
    header: list[str] | None = None
    start = 1
    try:
        for row in rows:
            at = f"{where}:{start}"
            if header is None and row:
                header = _header(row)
            elif header is not None and row:
                yield at, _article_or_failure(at, _parse_cells, header, row)
            start, size = rows.line_num + 1, 0
    except csv.Error as error:
        raise ArticleError(f"line {rows.line_num}: not CSV: {error}") from None


def read_parquet(where: str, file: BinaryIO) -> Iterator[tuple[str, Article | Failure]]:
    """The article of each row, with its number from 1.

    Raises: ArticleError where pyarrow or a column is missing, or the file is broken.
    """
    try:
        from pyarrow import ArrowException  # noqa: PLC0415  (an extra)
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415
    except ImportError:
        raise ArticleError("Parquet needs pyarrow: pip install 'state-relations[parquet]'") from None
    try:
        table = ParquetFile(file, buffer_size=BUFFER)
        names = {name: _name(name) for name in table.schema_arrow.names}
        _check_columns([_name(name) for name in table.schema_arrow.names])
        kept = [name for name in names if names[name] in COLUMNS]
        number = 0
        for batch in table.iter_batches(_batch_size(table.metadata), columns=kept):
            cells = {names[name]: column for name, column in zip(batch.schema.names, batch, strict=True)}
            for index in range(batch.num_rows):
                number += 1
                at = f"{where}:{number}"
                yield at, _article_or_failure(at, _parse_values, cells, index)
    except (ArrowException, OSError, ValueError) as error:
        raise ArticleError(f"broken Parquet: {shorten(str(error))}") from None


def _batch_size(metadata: Any) -> int:
    """How many rows may be read at once: a text that is stored once in a column may stand in each of them."""
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    largest = max((group.total_byte_size for group in groups), default=0)
    return max(1, min(ROWS, 2 * LONGEST_LINE // max(largest, 1)))


def _article_or_failure(at: str, parse: Any, *content: Any) -> Article | Failure:
    try:
        article: Article = read_row(parse(*content))
    except ArticleError as error:
        return Failure(at, str(error))
    return article


def _parse_json(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"byte {error.start} is not UTF-8: a binary file, or text to be saved as UTF-8"
        ) from None
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"not JSON ({error}); a line is {SHAPE}") from None
    if not isinstance(row, dict):
        raise ArticleError(f"a JSON {type(row).__name__}, not an object; a line is {SHAPE}")
    return row


def _name(column: str) -> str:
    plain = column.strip().lower()
    return NAMES.get(plain, plain)


def _header(row: list[str]) -> list[str]:
    header = [_name(cell) for cell in row]
    _check_columns(header)
    return header


def _check_columns(names: list[str]) -> None:
    known = [name for name in names if name in COLUMNS]
    if not {"id", "text"} <= set(known) or len(known) > len(set(known)):
        found = shorten(", ".join(names))
        raise ArticleError(f"the columns are {found}; id and text are needed, and each but once")


def _parse_cells(header: list[str], row: list[str]) -> dict[str, str]:
    if len(row) != len(header):
        raise ArticleError(f"{len(row)} cells, where the header has {len(header)}")
    for cell in row:
        if found := ESCAPED.search(cell):
            near = cell[max(0, found.start() - 20) : found.start()]
            raise ArticleError(f"not UTF-8 after {near!r}")
    return dict(zip(header, row, strict=True))


def _parse_values(cells: dict[str, Any], index: int) -> dict[str, Any]:
    try:
        row = {name: column[index].as_py() for name, column in cells.items()}
    except (ValueError, OverflowError) as error:
        raise ArticleError(f"a value that can't be read: {error}") from None
    if isinstance(row.get("text"), str) and len(row["text"]) > LONGEST_LINE:
        raise ArticleError(f"a text {TOO_LONG}")
    published = row.get("published")
    return row | {"published": published.isoformat()} if isinstance(published, date) else row
