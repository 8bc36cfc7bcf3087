"""Tables as an Excel workbook: numbers as numbers, days as days, texts as texts and never as formulas."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from kg.errors import KGError

__all__ = ["write_workbook"]

ROWS, LETTERS, DIGITS = 1_048_576, 32_767, 15  # of a sheet, of a cell, of a number that keeps its last one
FIRST_YEAR = 1900


def write_workbook(sheets: Mapping[str, Iterable[Iterable[object]]], out: Path) -> None:
    """Writes a sheet for each name, the first row being its header; what XML can't hold becomes U+FFFD.

    Raises: KGError where openpyxl is not installed, and for more rows or longer texts than Excel takes.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415  (an extra, and slow to import)
    except ImportError as error:
        raise KGError("Excel workbooks need openpyxl: pip install 'state-relations[excel]'") from error
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        with closing(book.create_sheet(name)) as sheet:
            sheet.freeze_panes = "A2"
            for number, row in enumerate(rows, 1):
                if number > ROWS:
                    raise KGError(f"{out}: an Excel sheet has {ROWS:,} rows at most; CSV has no limit")
                sheet.append(list(_cells(sheet, row, f"{out}: {name}, row {number}")))
    book.save(out)


def _cells(sheet: Any, row: Iterable[object], where: str) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    for value in row:
        if value is None or _fits(value):
            yield value
            continue
        text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))
        if len(text) > LETTERS:
            raise KGError(f"{where}: a cell of Excel has {LETTERS:,} characters at most; CSV has no limit")
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        yield cell


def _fits(value: object) -> bool:
    """Whether Excel holds the value as a number or a day."""
    if isinstance(value, date):
        return value.year >= FIRST_YEAR
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, int) and len(str(abs(value))) <= DIGITS
